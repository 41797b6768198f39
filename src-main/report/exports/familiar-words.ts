import type { TaskRow } from '../../../src-shared/contract/console-types.ts';

/**
 * The states in the words that Migration Manager and SPMT have for them. "Completed" is kept for what is complete: those tools
 * say it as well where items are missing.
 */
export const familiarStates: Readonly<Record<TaskRow['state'], string>> = {
  ready: 'Not started',
  waiting: 'Queued',
  running: 'In progress',
  pausing: 'In progress',
  paused: 'Paused',
  stopping: 'In progress',
  stopped: 'Stopped',
  complete: 'Completed',
  'complete-with-issues': 'Completed with issues',
  failed: 'Failed',
};
