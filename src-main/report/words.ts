import type { Grade, Outcome } from '../../src-shared/model/item.ts';
import type { RunState } from '../../src-shared/model/run.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';

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

/** What limits the speed of a run. */
export const factorWords: Readonly<Record<LimitingFactor, string>> = {
  source: 'source',
  network: 'network',
  service: 'service',
  throttling: 'throttling',
  budget: 'the budget of requests',
  machine: 'this machine',
  'blocked-names': 'names that lost uploads hold',
  'source-away': 'the source is away',
  'gentle-mode': 'gentle mode',
  paused: 'pause',
  nothing: 'nothing',
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
