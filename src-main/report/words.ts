import type { Grade, Outcome } from '../../src-shared/model/item.ts';
import type { RunState } from '../../src-shared/model/run.ts';

/** The words of reports. English, for scripts and archives; the screen has its own in the user's language. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  copied: 'copied',
  present: 'already there',
  'left-out': 'left out',
  failed: 'failed',
  accepted: 'accepted',
  planned: 'to be copied',
};

export const gradeWords: Readonly<Record<Grade, string>> = {
  identical: 'Identical',
  rewritten: 'Rewritten by SharePoint',
  'size-equal': 'Size equal',
  present: 'Present',
  differs: 'Differs',
  missing: 'Missing',
};

export const stateWords: Readonly<Record<RunState, string>> = {
  waiting: 'Waiting',
  running: 'Running',
  pausing: 'Pausing',
  paused: 'Paused',
  stopping: 'Stopping',
  stopped: 'Stopped',
  complete: 'Complete',
  'complete-with-issues': 'Complete with issues',
  failed: 'Failed',
};
