import { isCode, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { severityRank } from '../../src-shared/catalogue/entry.ts';
import type { Overview, TaskRow } from '../../src-shared/contract/console-types.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import type { TaskState } from './en-words.ts';

/** What to say of many tasks at once: the state that matters most to the person looking. */
const precedence = [
  'running',
  'pausing',
  'stopping',
  'waiting',
  'paused',
  'failed',
  'complete-with-issues',
  'stopped',
  'complete',
  'ready',
] as const satisfies readonly TaskState[];

export function overallState(tasks: Overview['tasks']): TaskState | 'empty' {
  return precedence.find((state) => (tasks[state] ?? 0) > 0) ?? 'empty';
}

export function isActive(state: TaskState | 'empty'): boolean {
  return state === 'running' || state === 'pausing' || state === 'stopping';
}

/**
 * Groups by code that somebody can do something about: a million equal failures are one issue (groups, not lines).
 * The machine counts its attention by the same rule.
 */
export function issueGroups<T extends { readonly code: string }>(groups: readonly T[]): readonly T[] {
  return groups.filter(({ code }) => {
    if (!isCode(code)) return true;
    const { severity, owner } = lookUp(code);
    return severity === 'error' || (severity === 'warning' && owner !== 'nobody');
  });
}

export interface CodeGroup {
  readonly code: string;
  readonly items: number;
  readonly bytes: number;
}

/** The codes of one run as groups: errors first, then by how many items they hold. */
export function groupsOf(counts: Pick<Counts, 'byCode'>): readonly CodeGroup[] {
  const rank = (code: string) => (isCode(code) ? severityRank[lookUp(code).severity] : 0);
  return Object.entries(counts.byCode)
    .map(([code, { items, bytes }]) => ({ code, items, bytes }))
    .filter((group) => group.items > 0)
    .sort((a, b) => rank(a.code) - rank(b.code) || b.items - a.items || a.code.localeCompare(b.code));
}

/** 0..1 of the files at the destination whose content was compared; null while there is none. */
export function verifiedShare(counts: Counts): number | null {
  const there = counts.byOutcome.copied.files + counts.byOutcome.present.files;
  if (there === 0) return null;
  const { identical, rewritten } = counts.byGrade;
  return Math.min(1, (identical.files + rewritten.files + counts.byGrade['size-equal'].files) / there);
}

/**
 * Why a task stands still, if that is anything a person has to know: throttling is normal and told by the state
 * sentence, and who stopped a task knows it.
 */
export function standstill<T extends Pick<TaskRow, 'state' | 'reason'>>(row: T): T['reason'] {
  const { reason, state } = row;
  if (!reason || state === 'stopped') return null;
  return isCode(reason.code) && lookUp(reason.code).severity === 'info' ? null : reason;
}

/**
 * Why nobody works on a task that is to go on. A wait that the service asked for is not of this kind: it is told with its
 * countdown.
 */
export function waitsFor<T extends Pick<TaskRow, 'state' | 'reason'>>({ reason, state }: T): T['reason'] {
  const toGoOn = state === 'waiting' || isActive(state);
  return toGoOn && reason?.code !== 'throttled' ? reason : null;
}

/** True while totals may still grow. */
export function isScanning(row: TaskRow): boolean {
  return isActive(row.state) && (row.live?.phase === 'scanning' || row.live?.phase === 'starting');
}
