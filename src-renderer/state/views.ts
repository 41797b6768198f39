import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { TaskView } from '../app/route.ts';
import { standstill } from '../text/overall.ts';

/** Which tasks a saved view shows. A task may be in two: one that is done with issues also needs attention. */
export function inView(
  row: Pick<TaskRow, 'state' | 'reason' | 'issues' | 'archivedAt'>,
  view: TaskView,
): boolean {
  if ((row.archivedAt !== null) !== (view === 'archived')) return false;
  switch (view) {
    case 'all':
    case 'archived':
      return true;
    case 'attention':
      return (
        row.state === 'failed' ||
        row.state === 'complete-with-issues' ||
        row.issues.errors > 0 ||
        standstill(row) !== null
      );
    case 'running':
      return row.state === 'running' || row.state === 'pausing' || row.state === 'stopping';
    case 'waiting':
      return row.state === 'waiting' || row.state === 'paused';
    case 'done':
      return row.state === 'complete' || row.state === 'complete-with-issues' || row.state === 'stopped';
    case 'ready':
      return row.state === 'ready';
  }
}
