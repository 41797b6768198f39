import { isCode, lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import { severityRank } from '../../../src-shared/catalogue/entry.ts';
import type { Overview, Sample } from '../../../src-shared/contract/console-types.ts';
import { fallFrom } from '../../../src-shared/model/progress-fall.ts';
import { isComplete, isEnded } from '../../../src-shared/model/run.ts';
import { limitingFactor, type WaitState, waitStates } from '../../../src-shared/model/wait.ts';
import { etaOfAll } from './eta-view.ts';
import type { Ledger, RunEntry } from './ledger.ts';
import { markOf, progressOf } from './progress.ts';
import { sumCounts } from './sums.ts';
import { addUsage, noUsage, usageOf } from './usage.ts';
import { isAway } from './wait-reason.ts';

/** Everything together but what is put away, for somebody who looks for five seconds. */
export function overviewOf(ledger: Ledger, now: number): Overview {
  const works = worksOf(ledger);
  const runs = works.map(({ entry }) => entry);
  const writing = works.filter(({ dryRun }) => !dryRun).map(({ entry }) => entry);
  const usage = runs.map((entry) => usageOf(entry.facts)).reduce(addUsage, noUsage);
  const throttled = runs.map((entry) => entry.live?.throttledUntil ?? 0).filter((until) => until > now);
  const dryRun = isRehearsal(works);
  const counts = sumCounts(runs.map((entry) => entry.facts.counts));
  const progress = dryRun ? rehearsed(runs) : progressOfAll(writing);
  return {
    at: now,
    tasks: statesOf(ledger),
    archived: ledger.tasks.size - ledger.present().length,
    counts,
    dryRun,
    progress,
    progressFell: dryRun || progress === null ? null : fallFrom(ledger.mark, markOf(counts, progress)),
    scanning: runs.some(isScanning),
    sample: ledger.pace.sample(now),
    eta: etaOfAll(ledger, writing, now),
    throttledUntil: throttled.length > 0 ? Math.max(...throttled) : null,
    requests: usage.requests,
    resourceUnits: usage.resourceUnits,
    retries: usage.retries,
    agents: [...ledger.machines.values()].map((machine) => agentOf(ledger, machine, runs, now)),
    attention: attentionOf(runs),
  };
}

/** The last run of a task, and whether it writes. */
interface Work {
  readonly entry: RunEntry;
  readonly dryRun: boolean;
}

function worksOf(ledger: Ledger): Work[] {
  return ledger
    .present()
    .flatMap(({ task, last }) => (last ? [{ entry: last, dryRun: task.settings.dryRun }] : []));
}

function isRehearsal(works: readonly Work[]): boolean {
  const going = works.filter(({ entry }) => !isEnded(entry.run.state));
  const asked = going.length > 0 ? going : works;
  return asked.length > 0 && asked.every(({ dryRun }) => dryRun);
}

function rehearsed(runs: readonly RunEntry[]): number | null {
  return runs.every(({ run }) => isComplete(run.state)) ? 1 : null;
}

function progressOfAll(runs: readonly RunEntry[]): number | null {
  const bytesDone = runs.reduce((sum, entry) => sum + entry.bytesDone, 0);
  return progressOf(sumCounts(runs.map((entry) => entry.facts.counts)), bytesDone);
}

function statesOf(ledger: Ledger): Overview['tasks'] {
  const states: Overview['tasks'] = {};
  for (const { last } of ledger.present()) {
    const state = last?.run.state ?? 'ready';
    states[state] = (states[state] ?? 0) + 1;
  }
  return states;
}

/** Taken up, and still listing its source. */
function isScanning(entry: RunEntry): boolean {
  const { state } = entry.run;
  const phase = entry.live?.phase;
  return (state === 'running' || state === 'pausing') && (phase === 'starting' || phase === 'scanning');
}

function agentOf(
  ledger: Ledger,
  { id: machine, name }: { readonly id: string; readonly name: string },
  runs: readonly RunEntry[],
  now: number,
): Overview['agents'][number] {
  const own = runs.filter((entry) => entry.unit.holder === machine);
  const working = own.filter((entry) => entry.live !== undefined);
  const paused = own.some((entry) => entry.run.state === 'paused');
  const here = working.length > 0 ? 'working' : paused ? 'paused' : 'idle';
  const state = isAway(ledger, machine, now) ? 'offline' : here;
  return {
    machine,
    name,
    state,
    lastSeen: ledger.lastSeen(machine),
    sample: sumSamples(working, now),
    inFlight: working.flatMap((entry) => entry.live?.inFlight ?? []).slice(0, 16),
  };
}

function sumSamples(entries: readonly RunEntry[], now: number): Sample {
  const times: Partial<Record<WaitState, number>> = {};
  let filesPerSecond = 0;
  let bytesPerSecond = 0;
  for (const { pace } of entries) {
    const sample = pace.sample(now);
    filesPerSecond += sample.filesPerSecond;
    bytesPerSecond += sample.bytesPerSecond;
    const waits = pace.meter.waits(now);
    for (const state of waitStates) times[state] = (times[state] ?? 0) + (waits[state] ?? 0);
  }
  return { at: now, filesPerSecond, bytesPerSecond, limitedBy: limitingFactor(times) };
}

/** Problems that a person can do something about, by code: errors first, then by how many items they hold. */
function attentionOf(runs: readonly RunEntry[]): Overview['attention'] {
  const groups = new Map<string, { items: number; bytes: number; tasks: string[] }>();
  const add = (code: string, task: string, items: number, bytes: number) => {
    const group = groups.get(code) ?? { items: 0, bytes: 0, tasks: [] };
    group.items += items;
    group.bytes += bytes;
    if (group.tasks.length < 10 && !group.tasks.includes(task)) group.tasks.push(task);
    groups.set(code, group);
  };
  for (const { run, facts } of runs) {
    if (run.state === 'failed' && run.problem !== null) add(run.problem.code, run.task, 0, 0);
    for (const [code, { items, bytes }] of Object.entries(facts.counts.byCode))
      if (items > 0) add(code, run.task, items, bytes);
  }
  return [...groups]
    .map(([code, group]) => ({ code, ...group, rank: rankOf(code) }))
    .filter(({ rank }) => rank < severityRank.info)
    .sort((a, b) => a.rank - b.rank || b.items - a.items || (a.code < b.code ? -1 : 1))
    .slice(0, 50)
    .map(({ code, items, bytes, tasks }) => ({ code, items, bytes, tasks }));
}

function rankOf(code: string): number {
  if (!isCode(code)) return severityRank.error;
  const { severity, owner } = lookUp(code);
  const forPeople = severity === 'error' || owner !== 'nobody';
  return forPeople ? severityRank[severity] : severityRank.info;
}
