import { isEnded, nextRunState } from '../../src-shared/model/run.ts';
import type { TaskState } from '../text/en-words.ts';

export const orders = ['start', 'resume', 'pause', 'finish', 'stop'] as const;
export type TaskOrder = (typeof orders)[number];

/** The orders that make sense in a state; the machine refuses the others with `wrong-state`. */
export function ordersFor(state: TaskState): readonly TaskOrder[] {
  if (state === 'ready' || isEnded(state)) return ['start'];
  const can: Readonly<Record<Exclude<TaskOrder, 'start'>, boolean>> = {
    resume: nextRunState(state, 'resume') !== undefined,
    pause: nextRunState(state, 'pause') !== undefined,
    finish: state === 'running' || state === 'pausing',
    // While files are being finished, it can still be stopped at once.
    stop: nextRunState(state, 'stop') !== undefined || state === 'stopping',
  };
  return orders.filter((order) => order !== 'start' && can[order]);
}
