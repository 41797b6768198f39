import { badVerdicts, type Comparison, compareCopy } from '../../../src-shared/rules/compare-copy.ts';
import type { RemoteItem } from '../../destination/destination.ts';
import type { TaskCopy } from '../../store/task-copies.ts';
import type { Statuses } from './statuses.ts';
import type { Difference, Evidence, VerificationWork } from './verification.ts';

/** Notes what was found of a copy: its status, and what is to be reported. */
export function note(
  { log, copies, destination }: VerificationWork,
  statuses: Statuses,
  copy: TaskCopy,
  found: { readonly item: RemoteItem | undefined; readonly comparison: Comparison },
  evidence: Evidence,
  detail?: string,
): void {
  const { item, comparison } = found;
  statuses.set(copy.item, comparison, evidence);
  if (!badVerdicts.has(comparison.verdict) && !comparison.moved) {
    log.forget(copy.item);
    return;
  }
  const folderOf = (id: string | undefined): string | null => {
    if (id === undefined) return null;
    return id === destination.root.id ? '' : (copies.folderPath(id) ?? null);
  };
  const difference: Difference = {
    item: copy.item,
    path: copy.path,
    kind: copy.kind,
    verdict: comparison.verdict,
    moved: comparison.moved,
    evidence,
    was: {
      name: copy.name,
      folder: folderOf(copy.parent),
      size: copy.size,
      modified: copy.modified,
      hash: copy.sentHash ?? null,
    },
    now:
      item === undefined
        ? null
        : {
            name: item.name,
            folder: folderOf(item.parent),
            size: item.size,
            modified: item.modified,
            hash: item.hash ?? null,
          },
    detail: detail ?? '',
  };
  log.note(copy.item, difference);
}

/** The same from the listing alone. */
export function noteListed(
  work: VerificationWork,
  statuses: Statuses,
  copy: TaskCopy,
  item: RemoteItem,
): void {
  note(work, statuses, copy, { item, comparison: compareCopy(copy, item) }, 'listing');
}

export const gone: Comparison = { verdict: 'missing', moved: false, touched: false };
