import { isCode, lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import { severityRank } from '../../../src-shared/catalogue/entry.ts';
import type { Overview, Sample } from '../../../src-shared/contract/console-types.ts';
import { fallFrom } from '../../../src-shared/model/progress-fall.ts';
import { isComplete, isEnded } from '../../../src-shared/model/run.ts';
import { etaOfAll } from './eta-view.ts';
import type { Ledger } from './ledger.ts';
import { filesInFlight } from './live-view.ts';
import { stateOfMachine } from './machines-view.ts';
import { markOf, progressOf } from './progress.ts';
import type { RunEntry } from './run-entry.ts';
import { sumCounts } from './sums.ts';

/** Everything together but what is put away, for somebody who looks for five seconds. */
export function overviewOf(ledger: Ledger, now: number): Overview {
  const all = lookAtAll(ledger);
  const atWork = [...ledger.atWork.values()];
  const throttled = atWork
    .flatMap(({ units }) => [...units.values()].map(({ live }) => live?.throttledUntil ?? 0))
    .filter((until) => until > now);
  const written = ledger.totals.writing.counts();
  const counts = sumCounts([written, ledger.totals.dry.counts()]);
  const { dryRun } = all;
  const progress = dryRun ? (all.allComplete ? 1 : null) : progressOf(written, all.bytesDone);
  return {
    at: now,
    tasks: all.states,
    archived: ledger.tasks.size - all.present,
    counts,
    dryRun,
    progress,
    progressFell: dryRun || progress === null ? null : fallFrom(ledger.mark, markOf(counts, progress)),
    scanning: atWork.some(isScanning),
    sample: ledger.pace.sample(now),
    eta: etaOfAll(ledger, all.going, now),
    throttledUntil: throttled.length > 0 ? Math.max(...throttled) : null,
    requests: all.requests,
    resourceUnits: all.resourceUnits,
    retries: all.retries,
    agents: [...ledger.machines.values()].map((machine) => agentOf(ledger, machine, now)),
    attention: attentionOf(all.troubled),
  };
}

/** What is added up over all tasks. There may be fifty thousand of them: all of it is had by looking at each once. */
function lookAtAll(ledger: Ledger) {
  const states: Overview['tasks'] = {};
  /** Runs that write and are not over. */
  const going: RunEntry[] = [];
  /** Runs that failed, or of which anything is said. */
  const troubled: RunEntry[] = [];
  const runs = { dry: 0, writing: 0 };
  const lives = { dry: 0, writing: 0 };
  const sums = { present: 0, bytesDone: 0, requests: 0, resourceUnits: 0, retries: 0 };
  let allComplete = true;
  for (const { task, archivedAt, last } of ledger.tasks.values()) {
    if (archivedAt !== null) continue;
    sums.present += 1;
    const state = last?.run.state ?? 'ready';
    states[state] = (states[state] ?? 0) + 1;
    if (last === undefined) continue;
    const kind = task.settings.dryRun ? 'dry' : 'writing';
    runs[kind] += 1;
    const isGoing = !isEnded(last.run.state);
    if (isGoing) lives[kind] += 1;
    if (kind === 'writing') {
      sums.bytesDone += last.bytesDone;
      if (isGoing) going.push(last);
    }
    allComplete &&= isComplete(last.run.state);
    const { spent } = last.facts;
    sums.requests += spent.requests;
    sums.resourceUnits += spent.resourceUnits;
    sums.retries += spent.retries;
    if (isTroubled(last)) troubled.push(last);
  }
  const asked = lives.dry + lives.writing > 0 ? lives : runs;
  return { ...sums, states, going, troubled, allComplete, dryRun: asked.dry > 0 && asked.writing === 0 };
}

function isTroubled({ run, facts }: RunEntry): boolean {
  if (run.state === 'failed') return true;
  for (const _ in facts.counts.byCode) return true;
  return false;
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
    let group = groups.get(code);
    if (group === undefined) {
      group = { items: 0, bytes: 0, tasks: [] };
      groups.set(code, group);
    }
    group.items += items;
    group.bytes += bytes;
    if (group.tasks.length < 10 && !group.tasks.includes(task)) group.tasks.push(task);
  };
  for (const { run, facts } of runs) {
    if (run.state === 'failed' && run.problem !== null) add(run.problem.code, run.task, 0, 0);
    const { byCode } = facts.counts;
    for (const code in byCode) {
      const { items, bytes } = byCode[code] ?? { items: 0, bytes: 0 };
      if (items > 0) add(code, run.task, items, bytes);
    }
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
