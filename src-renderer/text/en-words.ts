import type { Owner, Severity } from '../../src-shared/catalogue/entry.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import type { EtaLimit } from '../../src-shared/model/eta.ts';
import type { Grade, ItemKind } from '../../src-shared/model/item.ts';
import type { ProgressFall } from '../../src-shared/model/progress-fall.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';
import type { TaskView } from '../app/route.ts';
import type { Share } from '../app/tokens.ts';

export type TaskState = TaskRow['state'];
export type Phase = NonNullable<TaskRow['live']>['phase'];

/** One word or two for each thing that the model can say; every language has all of them or does not compile. */
export interface Words {
  readonly state: Readonly<Record<TaskState, string>>;
  readonly phase: Readonly<Record<Phase, string>>;
  readonly share: Readonly<Record<Share, string>>;
  readonly grade: Readonly<Record<Grade, string>>;
  readonly gradeMeans: Readonly<Record<Grade, string>>;
  readonly factor: Readonly<Record<LimitingFactor, string>>;
  /** What decides about the end besides the factors. */
  readonly endLimit: Readonly<Record<Exclude<EtaLimit, LimitingFactor>, string>>;
  readonly progressFell: Readonly<Record<ProgressFall, string>>;
  readonly factorMeans: Readonly<Record<LimitingFactor, string>>;
  readonly kind: Readonly<Record<ItemKind, string>>;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly owner: Readonly<Record<Owner, string>>;
  readonly view: Readonly<Record<TaskView, string>>;
}

export const enWords: Words = {
  state: {
    ready: 'Ready',
    waiting: 'Waiting',
    running: 'Running',
    pausing: 'Pausing',
    paused: 'Paused',
    stopping: 'Stopping',
    stopped: 'Stopped',
    complete: 'Complete',
    'complete-with-issues': 'Complete with issues',
    failed: 'Failed',
  },
  phase: {
    starting: 'Starting',
    scanning: 'Scanning and copying',
    copying: 'Copying',
    verifying: 'Verifying',
    paused: 'Paused',
    ended: 'Ended',
  },
  share: {
    copied: 'copied',
    present: 'already there',
    'left-out': 'left out',
    failed: 'failed',
    accepted: 'accepted',
    planned: 'only looked at',
    todo: 'still to do',
  },
  grade: {
    identical: 'Identical',
    rewritten: 'Rewritten by SharePoint',
    'size-equal': 'Size equal',
    present: 'Present',
    differs: 'Differs',
    missing: 'Missing',
  },
  gradeMeans: {
    identical: 'The hash at the destination is that of the bytes that were read.',
    rewritten: 'A kind of file that SharePoint changes on saving; every byte sent was acknowledged.',
    'size-equal': 'The size is the same; there was no hash to compare.',
    present: 'It is there; nothing more can be said.',
    differs: 'Size or hash are wrong and nothing explains it.',
    missing: 'The service does not list it.',
  },
  factor: {
    source: 'source',
    network: 'network',
    service: 'SharePoint',
    throttling: 'throttling',
    budget: 'the budget of requests',
    machine: 'this computer',
    'blocked-names': 'blocked names',
    'source-away': 'the source is away',
    'gentle-mode': 'gentle mode',
    paused: 'paused',
    nothing: 'nothing',
  },
  endLimit: {
    quota: 'Microsoft’s limit of requests a minute',
    'long-units': 'Microsoft’s daily budget',
    bytes: 'Microsoft’s hourly limit of data',
    requests: 'Microsoft’s limit of requests a person',
    'one-file': 'one large file',
  },
  progressFell: { 'more-found': 'more was found', 'began-again': 'uploads began again' },
  factorMeans: {
    source: 'Most time goes into reading the source. A faster share or a machine nearer to it would help.',
    network: 'Most time goes into sending bytes. More bandwidth would help.',
    service: 'Most time goes into waiting for answers of SharePoint. More files at the same time may help.',
    throttling: 'SharePoint asked to wait. This is normal in a large copy; work goes on by itself.',
    budget:
      'Microsoft allows so many requests a minute and a day to all machines together, and Convoy keeps to that instead of being refused. Nothing on your side makes it faster.',
    machine: 'Most time goes into hashing or writing the journal. A faster computer or disk would help.',
    'blocked-names':
      'Uploads that were lost when Convoy ended hold the names of some files. SharePoint frees them after about 15 minutes; work goes on by itself.',
    'source-away':
      'The source cannot be read at the moment. It is looked for every few seconds; work goes on by itself.',
    'gentle-mode': 'You asked for it: the settings of the task spare the source.',
    paused: 'Somebody paused the work.',
    nothing: 'Nothing holds it up.',
  },
  kind: { file: 'File', folder: 'Folder', link: 'Link', special: 'Special file' },
  severity: { error: 'Error', warning: 'Warning', info: 'Note' },
  owner: {
    you: 'You can fix it',
    'source-owner': 'The owner of the source can fix it',
    'tenant-admin': 'An admin of the tenant can fix it',
    wait: 'It passes by itself',
    nobody: 'Nobody needs to act',
  },
  view: {
    all: 'All',
    attention: 'Needs attention',
    running: 'Running',
    waiting: 'Waiting',
    done: 'Done',
    ready: 'Ready',
    archived: 'Archived',
  },
};
