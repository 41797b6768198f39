import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { isEnded, nextRunState } from '../../src-shared/model/run.ts';

export const orders = ['start', 'resume', 'pause', 'finish', 'stop', 'archive', 'restore'] as const;
export type TaskOrder = (typeof orders)[number];

/** The orders that make sense for a task; the machine refuses the others with `wrong-state`. */
export function ordersFor({
  state,
  archivedAt,
}: Pick<TaskRow, 'state' | 'archivedAt'>): readonly TaskOrder[] {
  if (archivedAt !== null) return ['restore'];
  if (state === 'ready' || isEnded(state)) return ['start', 'archive'];
  const can: Readonly<Partial<Record<TaskOrder, boolean>>> = {
    resume: nextRunState(state, 'resume') !== undefined,
    pause: nextRunState(state, 'pause') !== undefined,
    finish: state === 'running' || state === 'pausing',
    // While files are being finished, it can still be stopped at once.
    stop: nextRunState(state, 'stop') !== undefined || state === 'stopping',
  };
  return orders.filter((order) => can[order]);
}
