import type { Overview, TaskRow } from '../../src-shared/contract/console-types.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import type { Eta } from '../../src-shared/model/eta.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';
import { reasonText } from './code-texts.ts';
import type { Messages } from './en.ts';
import type { TaskState } from './en-words.ts';
import type { Format } from './format.ts';
import { isActive, isScanning, overallState, waitsFor } from './overall.ts';

/** The facts that a state sentence is made of. */
export interface Situation {
  readonly state: TaskState | 'empty';
  readonly readyTasks: number;
  readonly scanning: boolean;
  readonly progress: number | null;
  /** Why it is lower than it was. */
  readonly progressFell: Overview['progressFell'];
  readonly counts: Counts;
  readonly eta: Overview['eta'];
  readonly limitedBy: LimitingFactor | null;
  readonly budget: Overview['budget'];
  readonly throttledUntil: number | null;
  /** Nothing is written by it. */
  readonly dryRun: boolean;
  /** Tasks that are put away. */
  readonly archived: number;
  /** Why it waits. */
  readonly waitsFor: TaskRow['reason'];
}

export function situationOfAll(overview: Overview): Situation {
  return {
    state: overallState(overview.tasks),
    readyTasks: overview.tasks.ready ?? 0,
    scanning: overview.scanning,
    progress: overview.progress,
    progressFell: overview.progressFell,
    counts: overview.counts,
    eta: overview.eta,
    limitedBy: overview.sample.limitedBy,
    budget: overview.budget,
    throttledUntil: overview.throttledUntil,
    dryRun: overview.dryRun,
    archived: overview.archived,
    waitsFor: null,
  };
}

export function situationOfTask(row: TaskRow): Situation {
  return {
    state: row.state,
    readyTasks: 1,
    scanning: isScanning(row),
    progress: row.progress,
    progressFell: row.progressFell,
    counts: row.counts,
    eta: row.eta,
    limitedBy: row.sample?.limitedBy ?? null,
    budget: undefined,
    throttledUntil: row.live?.throttledUntil ?? null,
    dryRun: row.task.settings.dryRun,
    archived: 0,
    waitsFor: waitsFor(row),
  };
}

/**
 * Whether a wait that the service asked for is worth a countdown. Shorter ones come and go several times a second in
 * a large copy; then the limiting factor says it more calmly.
 */
export function isWait(until: number | null, now: number): until is number {
  return until !== null && until - now >= 2_000;
}

/** When it will be done: a range, or while more is still being found the earliest time alone. */
export function endText(t: Messages, f: Format, eta: Eta, now: number): string {
  const { earliest, latest, atLeast } = eta;
  if (atLeast) return t.sentence.notBefore(f.clockRange(earliest, earliest, now));
  return f.clockRange(earliest, latest, now);
}

/** What limits the speed; of a budget that the service told of, how large it is and who shares it. */
export function factorText(
  t: Messages,
  f: Format,
  factor: LimitingFactor,
  budget: Overview['budget'],
): string {
  if (factor !== 'budget' || budget === undefined) return t.factor[factor];
  return t.status.budget(f.int(budget.unitsAMinute), budget.machines);
}

/** The limit that decides about the end, where it is none of the factors: those are said of the present already. */
export function endLimit(t: Messages, { limitedBy }: Eta): string | undefined {
  return Object.entries(t.endLimit).find(([limit]) => limit === limitedBy)?.[1];
}

function first(t: Messages, situation: Situation): string {
  const s = t.sentence;
  switch (situation.state) {
    case 'empty':
      return situation.archived > 0 ? s.allArchived : s.empty;
    case 'ready':
      return s.ready(situation.readyTasks);
    case 'running':
      return situation.dryRun ? s.rehearsing : situation.scanning ? s.scanning : s.copying;
    case 'waiting':
      return s.waiting;
    case 'pausing':
      return s.pausing;
    case 'paused':
      return s.paused;
    case 'stopping':
      return s.stopping;
    case 'stopped':
      return s.stopped;
    case 'complete':
      return situation.dryRun ? s.rehearsed : s.complete;
    case 'complete-with-issues':
      return situation.dryRun ? s.rehearsedWithIssues : s.completeWithIssues;
    case 'failed':
      return s.failed;
  }
}

/** A dry run that looked at everything. */
function isSeen(state: Situation['state']): boolean {
  return state === 'complete' || state === 'complete-with-issues';
}

/** What is known of the way still to go, each as a sentence of its own: no sentence is built from parts. */
function rest(t: Messages, f: Format, situation: Situation, now: number): readonly string[] {
  const s = t.sentence;
  const { counts, eta, limitedBy, progress, progressFell, state, throttledUntil } = situation;
  const said: string[] = [];
  if (situation.waitsFor) said.push(`${reasonText(t, f, situation.waitsFor)}.`);
  const unfinished = isActive(state) || state === 'paused' || state === 'waiting' || state === 'stopped';
  if (unfinished && situation.scanning && counts.found.files > 0) {
    said.push(s.foundSoFar(t.units.files(counts.found.files), f.bytes(counts.found.bytes)));
  } else if (unfinished && progress !== null) {
    const percent = f.percent(progress);
    said.push(progressFell ? s.progressFell(percent, t.progressFell[progressFell]) : s.progress(percent));
  }
  if (isActive(state)) {
    if (eta) {
      const [range, limit] = [endText(t, f, eta, now), endLimit(t, eta)];
      said.push(limit ? s.etaLimited(range, limit) : s.eta(range));
    }
    if (isWait(throttledUntil, now)) said.push(s.throttled(f.duration(throttledUntil - now)));
    else if (limitedBy) said.push(s.limitedBy(factorText(t, f, limitedBy, situation.budget)));
  }
  if (situation.dryRun && (isActive(state) || isSeen(state))) {
    said.push(s.nothingWritten);
    const { planned } = counts.byOutcome;
    if (isSeen(state)) said.push(s.wouldCopy(t.units.files(planned.files), f.bytes(planned.bytes)));
  }
  const { files, folders, others } = counts.byOutcome.failed;
  const bad = files + folders + others;
  if (state === 'complete-with-issues' && bad > 0) said.push(s.needLook(bad));
  return said;
}

/**
 * The state in words, e.g. "Copying." "64 % done." "Expected end: 14:05–14:12." "Limited by: network."
 * @param now milliseconds since 1970
 */
export function sentences(t: Messages, f: Format, situation: Situation, now: number): readonly string[] {
  return [first(t, situation), ...rest(t, f, situation, now)];
}
