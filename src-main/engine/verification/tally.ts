import { type Verdict, verdicts } from '../../../src-shared/rules/compare-copy.ts';
import type { TaskCopies, TaskCopy } from '../../store/task-copies.ts';
import type { Statuses } from './statuses.ts';
import { type Evidence, evidences } from './verification.ts';

export interface Amount {
  readonly files: number;
  readonly folders: number;
  /** Of the files, as the source was. */
  readonly bytes: number;
}

/** The sums of a verification. */
export interface VerificationTally {
  /** Everything that the last run says is at the destination, and that has an id there. */
  readonly looked: Amount;
  readonly byVerdict: Readonly<Record<Verdict, Amount>>;
  /** Files by how they were looked at. */
  readonly byEvidence: Readonly<Record<Evidence, number>>;
  /** Whatever their verdict: under another name, or in another folder. */
  readonly moved: Amount;
  /** Only columns or labels were changed. */
  readonly touched: Amount;
}

/** Copies to a page that is read at once. */
const PAGE = 1_000;

/** All copies in the order of their numbers; gives way to other work now and then. */
export async function* everyCopy(copies: TaskCopies): AsyncGenerator<TaskCopy> {
  let last = 0;
  for (;;) {
    const page = copies.after(last, PAGE);
    yield* page;
    const end = page.at(-1);
    if (end === undefined) return;
    last = end.item;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

/** Adds up what was found. Who has no status yet is missing. */
export async function tallyOf(copies: TaskCopies, statuses: Statuses): Promise<VerificationTally> {
  const none: Amount = { files: 0, folders: 0, bytes: 0 };
  const byVerdict = Object.fromEntries(verdicts.map((verdict) => [verdict, none])) as Record<Verdict, Amount>;
  const byEvidence = Object.fromEntries(evidences.map((evidence) => [evidence, 0])) as Record<
    Evidence,
    number
  >;
  let [looked, moved, touched] = [none, none, none];
  for await (const copy of everyCopy(copies)) {
    const status = statuses.get(copy.item);
    const verdict = status?.verdict ?? 'missing';
    looked = plus(looked, copy);
    byVerdict[verdict] = plus(byVerdict[verdict], copy);
    if (status?.moved === true) moved = plus(moved, copy);
    if (status?.touched === true) touched = plus(touched, copy);
    if (copy.kind === 'file') byEvidence[status?.evidence ?? 'listing'] += 1;
  }
  return { looked, byVerdict, byEvidence, moved, touched };
}

function plus({ files, folders, bytes }: Amount, { kind, size }: TaskCopy): Amount {
  return kind === 'folder'
    ? { files, folders: folders + 1, bytes }
    : { files: files + 1, folders, bytes: bytes + size };
}
