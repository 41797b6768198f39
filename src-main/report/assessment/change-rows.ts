import type { Tally } from '../../../src-shared/model/counts.ts';
import { bytes } from '../format.ts';
import type { ChangesSince } from './changes-since.ts';

/** A line about what changed. */
export interface ChangeRow {
  readonly title: string;
  readonly tally: Tally;
  readonly detail?: string | undefined;
}

/** What changed, line by line. What is seldom (nothing unread, nothing blocked) has a line only where it happened. */
export function changeRows(changes: ChangesSince): readonly ChangeRow[] {
  const { grownBy } = changes;
  const seldom: readonly ChangeRow[] = [
    { title: 'Of the new ones: in folders unread last time', tally: changes.firstSeen },
    { title: 'Not seen this time (folder unreadable)', tally: changes.unseen },
    { title: 'Blocked now, not before', tally: changes.newlyBlocked },
    { title: 'No longer blocked', tally: changes.noLongerBlocked },
  ];
  return [
    { title: 'New', tally: changes.added },
    {
      title: 'Changed (size or time)',
      tally: changes.changed,
      detail:
        grownBy === 0 ? undefined : `${bytes(Math.abs(grownBy))} ${grownBy > 0 ? 'larger' : 'smaller'} now`,
    },
    { title: 'Moved or renamed', tally: changes.moved },
    { title: 'Gone', tally: changes.gone },
    { title: 'As it was', tally: changes.same },
    ...seldom.filter(({ tally: { files, folders, others } }) => files + folders + others > 0),
  ];
}
