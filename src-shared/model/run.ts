import { type Counts, settled } from './counts.ts';

/**
 * The states of a run. A task has the state of its last run, or `ready` when it has none.
 * Every change is one of {@link runTransitions}; nothing else is possible.
 */
export const runStates = [
  'waiting',
  'running',
  'pausing',
  'paused',
  'stopping',
  'stopped',
  'complete',
  'complete-with-issues',
  'failed',
] as const;
export type RunState = (typeof runStates)[number];

/** What can happen to a run. */
export type RunEvent =
  | 'granted'
  | 'pause'
  | 'paused'
  | 'resume'
  | 'stop'
  | 'stopped'
  | 'ended-clean'
  | 'ended-with-issues'
  | 'ended-failed';

/** state -> event -> next state. An event that a state does not name is refused with `wrong-state`. */
export const runTransitions: Readonly<Record<RunState, Readonly<Partial<Record<RunEvent, RunState>>>>> = {
  // The end of what was let go may come late: when its run is paused, or resumed and not granted yet.
  waiting: {
    granted: 'running',
    pause: 'paused',
    stop: 'stopped',
    'ended-clean': 'complete',
    'ended-with-issues': 'complete-with-issues',
    'ended-failed': 'failed',
    stopped: 'stopped',
  },
  running: {
    pause: 'pausing',
    stop: 'stopping',
    'ended-clean': 'complete',
    'ended-with-issues': 'complete-with-issues',
    'ended-failed': 'failed',
    stopped: 'stopped',
  },
  pausing: {
    paused: 'paused',
    resume: 'running',
    stop: 'stopping',
    'ended-clean': 'complete',
    'ended-with-issues': 'complete-with-issues',
    'ended-failed': 'failed',
    stopped: 'stopped',
  },
  paused: {
    resume: 'waiting',
    stop: 'stopped',
    'ended-clean': 'complete',
    'ended-with-issues': 'complete-with-issues',
    'ended-failed': 'failed',
    stopped: 'stopped',
  },
  stopping: {
    stopped: 'stopped',
    'ended-clean': 'complete',
    'ended-with-issues': 'complete-with-issues',
    'ended-failed': 'failed',
  },
  stopped: {},
  complete: {},
  'complete-with-issues': {},
  failed: {},
};

/** The state after `event`, or undefined when the event makes no sense now. */
export function nextRunState(state: RunState, event: RunEvent): RunState | undefined {
  return runTransitions[state][event];
}

/** Ended for good: only a new run goes on from here. */
export function isEnded(state: RunState): boolean {
  return Object.keys(runTransitions[state]).length === 0;
}

/** At its own end, with issues or without. */
export function isComplete(state: RunState): boolean {
  return state === 'complete' || state === 'complete-with-issues';
}

/** How a run that came to its own end ended. Green means that nothing is missing, and nothing else does. */
export function endOf(counts: Counts): 'ended-clean' | 'ended-with-issues' {
  const bad = counts.byOutcome.failed;
  const done = settled(counts);
  const accountedFor =
    done.files === counts.found.files &&
    done.folders === counts.found.folders &&
    done.others === counts.found.others;
  const clean = accountedFor && bad.files + bad.folders + bad.others === 0;
  return clean ? 'ended-clean' : 'ended-with-issues';
}
