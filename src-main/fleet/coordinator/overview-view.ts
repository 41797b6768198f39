import { isCode, lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import { severityRank } from '../../../src-shared/catalogue/entry.ts';
import type { Overview, Sample } from '../../../src-shared/contract/console-types.ts';
import type { Counts } from '../../../src-shared/model/counts.ts';
import { fallFrom } from '../../../src-shared/model/progress-fall.ts';
import { isComplete, isEnded } from '../../../src-shared/model/run.ts';
import type { Usage } from '../../../src-shared/model/usage.ts';
import { etaOfAll } from './eta-view.ts';
import type { Ledger } from './ledger.ts';
import { filesInFlight } from './live-view.ts';
import { stateOfMachine } from './machines-view.ts';
import { markOf, progressOf } from './progress.ts';
import type { RunEntry } from './run-entry.ts';
import { sumCounts } from './sums.ts';

/** Everything together but what is put away, for somebody who looks for five seconds. */
export function overviewOf(ledger: Ledger, now: number): Overview {
  const works = worksOf(ledger);
  const runs = works.map(({ entry }) => entry);
  const writing = works.filter(({ dryRun }) => !dryRun).map(({ entry }) => entry);
  const atWork = [...ledger.atWork.values()];
  const throttled = atWork
    .flatMap(({ units }) => [...units.values()].map(({ live }) => live?.throttledUntil ?? 0))
    .filter((until) => until > now);
  const dryRun = isRehearsal(works);
  const written = ledger.totals.writing.counts();
  const counts = sumCounts([written, ledger.totals.dry.counts()]);
  const progress = dryRun ? rehearsed(runs) : progressOfAll(written, writing);
  const sum = (of: (usage: Usage) => number): number =>
    runs.reduce((total, { facts }) => total + of(facts.spent), 0);
  return {
    at: now,
    tasks: statesOf(ledger),
    archived: ledger.tasks.size - ledger.present().length,
    counts,
    dryRun,
    progress,
    progressFell: dryRun || progress === null ? null : fallFrom(ledger.mark, markOf(counts, progress)),
    scanning: atWork.some(isScanning),
    sample: ledger.pace.sample(now),
    eta: etaOfAll(ledger, writing, now),
    throttledUntil: throttled.length > 0 ? Math.max(...throttled) : null,
    requests: sum(({ requests }) => requests),
    resourceUnits: sum(({ resourceUnits }) => resourceUnits),
    retries: sum(({ retries }) => retries),
    agents: [...ledger.machines.values()].map((machine) => agentOf(ledger, machine, now)),
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

function progressOfAll(counts: Counts, runs: readonly RunEntry[]): number | null {
  return progressOf(
    counts,
    runs.reduce((sum, entry) => sum + entry.bytesDone, 0),
  );
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
function isScanning({ run, units }: RunEntry): boolean {
  if (run.state !== 'running' && run.state !== 'pausing') return false;
  return [...units.values()].some(({ live }) => live?.phase === 'starting' || live?.phase === 'scanning');
}

function agentOf(
  ledger: Ledger,
  { id: machine, name }: { readonly id: string; readonly name: string },
  now: number,
): Overview['agents'][number] {
  const units = ledger.unitsOf(machine);
  const working = units.filter(({ live }) => live !== undefined);
  return {
    machine,
    name,
    state: stateOfMachine(ledger, machine),
    lastSeen: ledger.lastSeen(machine),
    sample: working.length > 0 ? ledger.paceOf(machine).pace.sample(now) : standstill(now),
    inFlight: filesInFlight(ledger, working),
  };
}

function standstill(at: number): Sample {
  return { at, filesPerSecond: 0, bytesPerSecond: 0, limitedBy: 'nothing' };
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
