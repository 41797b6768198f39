import { createHash } from 'node:crypto';
import { failed, ok, ProblemError, type Result } from '../../../src-shared/model/problem.ts';
import { badVerdicts } from '../../../src-shared/rules/compare-copy.ts';
import type { TaskCopy } from '../../store/task-copies.ts';
import { gone, note } from './note.ts';
import { readCopy } from './read-copy.ts';
import type { Statuses } from './statuses.ts';
import { everyCopy } from './tally.ts';
import type { DeepOrder, VerificationWork } from './verification.ts';

/** Files that are read at the same time: each has a piece of 8 MiB in memory. */
const AT_ONCE = 4;

export interface DeepCount {
  readonly read: number;
  readonly bytes: number;
}

/** Whether the seed chooses this item: each with the same chance, whatever else there is. */
export function isChosen(seed: string, item: number, share: number): boolean {
  if (share >= 1) return true;
  const number = createHash('sha256').update(`${seed}/${item}`).digest().readUInt32BE(0);
  return number / 0x1_0000_0000 < share;
}

/** Reads the chosen files back and says what is in them. Needs the statuses of the listing. */
export async function deepCheck(
  work: VerificationWork,
  order: DeepOrder,
  statuses: Statuses,
  listed: number,
): Promise<Result<DeepCount>> {
  const { copies, signal, progress } = work;
  const files = everyCopy(copies);
  let read = 0;
  let bytes = 0;
  let trouble: Result<never> | undefined;
  const next = async (): Promise<TaskCopy | undefined> => {
    for (;;) {
      const { value, done } = await files.next();
      if (done === true) return undefined;
      const isThere = statuses.get(value.item)?.verdict !== 'missing';
      if (value.kind === 'file' && isThere && isChosen(order.seed, value.item, order.share)) return value;
    }
  };
  const reader = async (): Promise<void> => {
    for (;;) {
      if (signal.aborted) trouble ??= failed('stopped-by-you');
      const copy = trouble === undefined ? await next() : undefined;
      if (copy === undefined) return;
      const done = await checkOne(work, order, statuses, copy, (length) => {
        bytes += length;
        progress({ phase: 'reading', listed, read, bytes });
      });
      if (done.ok) read += 1;
      else trouble ??= done;
      progress({ phase: 'reading', listed, read, bytes });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return trouble ?? ok({ read, bytes });
}

async function checkOne(
  work: VerificationWork,
  order: DeepOrder,
  statuses: Statuses,
  copy: TaskCopy,
  came: (bytes: number) => void,
): Promise<Result<void>> {
  try {
    const seen = await readCopy(work, order, copy, came);
    if (!seen.ok) return seen;
    const { item, comparison, evidence, detail } = seen.value;
    const found = { item, comparison: item === undefined ? gone : comparison };
    note(
      work,
      statuses,
      copy,
      found,
      evidence,
      badVerdicts.has(found.comparison.verdict) ? detail : undefined,
    );
    return ok(undefined);
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    // The folder in which downloads are kept.
    if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) throw error;
    const code = error.code === 'ENOSPC' ? 'store-disk-full' : 'store-unusable';
    return failed(code, { where: order.folder, detail: error.message });
  }
}
