import type { TaskState } from '../text/en-words.ts';

/** The colour of a state, as a path into the palette; the word and the icon always stand with it. */
export const stateTone = {
  empty: 'text.secondary',
  ready: 'text.secondary',
  waiting: 'warning.main',
  running: 'primary.main',
  pausing: 'warning.main',
  paused: 'text.secondary',
  stopping: 'warning.main',
  stopped: 'text.secondary',
  complete: 'success.main',
  'complete-with-issues': 'warning.main',
  failed: 'error.main',
} as const satisfies Record<TaskState | 'empty', string>;
