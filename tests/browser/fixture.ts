import type {
  About,
  FleetEvent,
  ItemRow,
  Overview,
  Sample,
  TaskRow,
} from '../../src-shared/contract/console-types.ts';
import { addTally, type Counts, emptyCounts, noTally, type Tally } from '../../src-shared/model/counts.ts';
import { grades, outcomes } from '../../src-shared/model/item.ts';
import type { Live } from '../../src-shared/model/live.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';

/** A fixed moment, so that pictures and expectations are the same on every day: 12 November 2026, 14:00 UTC. */
export const NOW = Date.UTC(2026, 10, 12, 14, 0, 0);

export const about: About = {
  version: '0.1.0',
  machine: 'FILESRV-02',
  cloud: 'practice',
  sharePointHostSuffix: '.sharepoint.com',
  practice: true,
  signIn: { state: 'ready', tenant: 'contoso.practice', account: 'Convoy practice app' },
  dataFolder: 'C:\\Users\\admin\\AppData\\Local\\Convoy',
  welcomed: true,
  notices: [],
};

const tally = (files: number, folders: number, bytes: number, others = 0): Tally => ({
  files,
  folders,
  others,
  bytes,
});

interface Shares {
  readonly copied?: Tally;
  readonly present?: Tally;
  readonly 'left-out'?: Tally;
  readonly failed?: Tally;
  readonly accepted?: Tally;
  readonly planned?: Tally;
  readonly todo?: Tally;
}

/** Counts that add up by construction. */
export function countsOf(shares: Shares, byCode: Counts['byCode'] = {}): Counts {
  const empty = emptyCounts();
  const found = Object.values(shares).reduce(addTally, noTally);
  const { todo: _, ...settled } = shares;
  const copied = shares.copied ?? noTally;
  const rewritten = Math.floor(copied.files * 0.18);
  return {
    found,
    byOutcome: { ...empty.byOutcome, ...settled },
    byGrade: {
      ...empty.byGrade,
      identical: { files: copied.files - rewritten, bytes: Math.floor(copied.bytes * 0.86) },
      rewritten: { files: rewritten, bytes: copied.bytes - Math.floor(copied.bytes * 0.86) },
      present: { files: shares.present?.files ?? 0, bytes: shares.present?.bytes ?? 0 },
    },
    byCode,
  };
}

/** A wave that looks like traffic and is the same each time. */
export function sampleAt(index: number): Sample {
  const wave = Math.sin(index / 47) * 0.22 + Math.sin(index / 11) * 0.1 + Math.sin(index / 3.1) * 0.05;
  const throttled = index > 430 && index < 490;
  const source = index > 690 && index < 760;
  return {
    at: NOW - (899 - index) * 1_000,
    filesPerSecond: throttled ? 14 + wave * 10 : (source ? 150 : 238) * (1 + wave),
    bytesPerSecond: throttled ? 2.1e6 : (source ? 31e6 : 54e6) * (1 + wave * 1.3),
    limitedBy: throttled ? 'throttling' : source ? 'source' : index % 97 > 80 ? 'service' : 'network',
  };
}

export const series: readonly Sample[] = Array.from({ length: 900 }, (_, index) => sampleAt(index));

const live: Live = {
  phase: 'copying',
  bytesSent: 41_800_000_000,
  waits: {
    idle: 0,
    listing: 1_000,
    reading: 90_000,
    hashing: 20_000,
    opening: 60_000,
    sending: 400_000,
    committing: 30_000,
    journal: 1_000,
    throttled: 0,
    budget: 0,
    'backing-off': 0,
    'name-blocked': 0,
    'source-away': 0,
    resting: 0,
    paused: 0,
  },
  slots: 16,
  throttledUntil: null,
  waitsFor: null,
  allowances: [],
  inFlight: [
    {
      path: 'Projects/2026/Harbour crane/Drawings/HC-2201 main boom rev F.dwg',
      sent: 31_000_000,
      size: 48_300_000,
    },
    { path: 'Projects/2026/Harbour crane/Photos/site visit/IMG_4411.heic', sent: 1_900_000, size: 3_400_000 },
    { path: 'Finance/Year end/2025/Consolidation workbook (final).xlsx', sent: 9_000_000, size: 22_700_000 },
    { path: 'Marketing/Trade fair/Film/cut-07-with-subtitles.mp4', sent: 402_000_000, size: 1_240_000_000 },
  ],
  requests: 61_204,
  resourceUnits: 93_511,
  retries: 37,
};

const site = 'https://contoso.practice/sites';

const runningCounts = countsOf(
  {
    copied: tally(158_204, 11_940, 41_800_000_000),
    present: tally(3_120, 410, 900_000_000),
    'left-out': tally(846, 12, 310_000_000, 9),
    failed: tally(17, 1, 88_000_000),
    todo: tally(91_500, 0, 23_700_000_000),
  },
  {
    'file-in-use': { items: 11, bytes: 81_000_000 },
    'path-too-long': { items: 6, bytes: 7_000_000 },
    'folder-unreadable': { items: 1, bytes: 0 },
    'name-changed': { items: 214, bytes: 420_000_000 },
    'system-left-out': { items: 840, bytes: 12_000_000 },
    'link-left-out': { items: 9, bytes: 0 },
  },
);

export const RUNNING = 'task-running';
export const ISSUES = 'task-issues';
export const FAILED = 'task-failed';
export const WAITING = 'task-waiting';
export const REHEARSED = 'task-rehearsed';
export const READY = 'task-ready';

export const runningTask: TaskRow = {
  task: {
    id: RUNNING,
    name: 'Projects and finance',
    source: '\\\\filesrv-02\\departments',
    destination: `${site}/departments/Shared Documents`,
    settings: { ...defaultSettings, parallelFiles: 24 },
    createdAt: NOW - 86_400_000,
  },
  archivedAt: null,
  state: 'running',
  reason: null,
  run: {
    id: 'run-running',
    task: RUNNING,
    number: 1,
    state: 'running',
    startedAt: NOW - 900_000,
    endedAt: null,
    problem: null,
  },
  counts: runningCounts,
  live,
  progress: 0.641,
  progressFell: null,
  sample: sampleAt(899),
  eta: { earliest: NOW + 5 * 60_000, latest: NOW + 12 * 60_000, atLeast: false, limitedBy: 'network' },
  issues: { errors: 18, warnings: 214 },
};

const issuesCounts = countsOf(
  {
    copied: tally(99_240, 640, 18_200_000_000),
    'left-out': tally(60, 0, 1_000_000),
    failed: tally(60, 0, 44_000_000),
  },
  {
    'name-too-long': { items: 48, bytes: 40_000_000 },
    'content-differs': { items: 12, bytes: 4_000_000 },
    'rewritten-by-service': { items: 17_863, bytes: 2_000_000_000 },
  },
);

export const issuesTask: TaskRow = {
  task: {
    id: ISSUES,
    name: 'Marketing archive',
    source: '\\\\filesrv-02\\marketing$\\archive',
    destination: `${site}/marketing/Archive`,
    settings: defaultSettings,
    createdAt: NOW - 3 * 86_400_000,
  },
  archivedAt: null,
  state: 'complete-with-issues',
  reason: null,
  run: {
    id: 'run-issues',
    task: ISSUES,
    number: 0,
    state: 'complete-with-issues',
    startedAt: NOW - 7_400_000,
    endedAt: NOW - 5_000_000,
    problem: null,
  },
  counts: issuesCounts,
  live: null,
  progress: 1,
  progressFell: null,
  sample: null,
  eta: null,
  issues: { errors: 60, warnings: 0 },
};

export const failedTask: TaskRow = {
  task: {
    id: FAILED,
    name: 'Scans',
    source: 'E:\\Scans',
    destination: `${site}/archive/Scans`,
    settings: defaultSettings,
    createdAt: NOW - 4 * 86_400_000,
  },
  archivedAt: null,
  state: 'failed',
  reason: { code: 'quota-full', where: `${site}/archive`, detail: 'HTTP 507 insufficientStorage' },
  run: {
    id: 'run-failed',
    task: FAILED,
    number: 2,
    state: 'failed',
    startedAt: NOW - 5_400_000,
    endedAt: NOW - 5_100_000,
    problem: { code: 'quota-full' },
  },
  counts: countsOf({ copied: tally(2_100, 80, 6_000_000_000), todo: tally(900, 0, 3_000_000_000) }),
  live: null,
  progress: 0.68,
  progressFell: null,
  sample: null,
  eta: null,
  issues: { errors: 0, warnings: 0 },
};

export const readyTask: TaskRow = {
  task: {
    id: READY,
    name: 'Personnel',
    source: '\\\\filesrv-02\\personnel',
    destination: `${site}/personnel/Shared Documents`,
    settings: { ...defaultSettings, dryRun: true },
    createdAt: NOW - 3_600_000,
  },
  archivedAt: null,
  state: 'ready',
  reason: null,
  run: null,
  counts: emptyCounts(),
  live: null,
  progress: null,
  progressFell: null,
  sample: null,
  eta: null,
  issues: { errors: 0, warnings: 0 },
};

/** Comes after the running one: a machine works on one task at a time. */
export const waitingTask: TaskRow = {
  ...readyTask,
  task: {
    ...readyTask.task,
    id: WAITING,
    name: 'Construction drawings of the northern plants, 1998 to 2026',
    source: '\\\\filesrv-02\\drawings$\\north',
    settings: defaultSettings,
  },
  archivedAt: null,
  state: 'waiting',
  reason: { code: 'waiting-for-slot', where: 'Projects and finance' },
  run: {
    id: 'run-waiting',
    task: WAITING,
    number: 0,
    state: 'waiting',
    startedAt: NOW - 60_000,
    endedAt: null,
    problem: null,
  },
};

/** A dry run that is over. */
export const rehearsedTask: TaskRow = {
  ...readyTask,
  task: { ...readyTask.task, id: REHEARSED, name: 'Legal, first look' },
  state: 'complete',
  run: {
    id: 'run-rehearsed',
    task: REHEARSED,
    number: 0,
    state: 'complete',
    startedAt: NOW - 3_000_000,
    endedAt: NOW - 2_940_000,
    problem: null,
  },
  counts: countsOf(
    { 'left-out': tally(12, 0, 40_000), planned: tally(48_200, 3_100, 71_000_000_000) },
    { 'system-left-out': { items: 12, bytes: 40_000 } },
  ),
  progress: 1,
  progressFell: null,
};

const happened: readonly Omit<FleetEvent, 'id'>[] = [
  {
    at: NOW - 5_000_000,
    task: ISSUES,
    actor: 'coordinator',
    facts: {
      kind: 'run-ended',
      name: issuesTask.task.name,
      run: 0,
      state: 'complete-with-issues',
      dryRun: false,
      copied: 99_240,
      present: 0,
      planned: 0,
      failed: 60,
    },
    problem: null,
  },
  {
    at: NOW - 5_100_000,
    task: FAILED,
    actor: 'coordinator',
    facts: {
      kind: 'run-ended',
      name: failedTask.task.name,
      run: 2,
      state: 'failed',
      dryRun: false,
      copied: 2_100,
      present: 0,
      planned: 0,
      failed: 0,
    },
    problem: { code: 'quota-full', where: `${site}/archive` },
  },
  {
    at: NOW - 7_400_000,
    task: ISSUES,
    actor: 'you',
    facts: { kind: 'run-started', name: issuesTask.task.name, run: 0 },
    problem: null,
  },
  {
    at: NOW - 86_400_000,
    task: ISSUES,
    actor: 'you',
    facts: { kind: 'run-ordered', name: issuesTask.task.name, order: 'pause' },
    problem: null,
  },
  {
    at: NOW - 86_500_000,
    task: null,
    actor: 'FILESRV-02',
    facts: { kind: 'told', text: 'The agent on FILESRV-02 was started again' },
    problem: null,
  },
];

/** Newest first; the last is of a version that kept sentences. */
export const events: readonly FleetEvent[] = happened.map((event, index) => ({
  id: happened.length - index,
  ...event,
}));

const folders = [
  'Campaigns/2019/Spring',
  'Campaigns/2023/Trade fair',
  'Photos/Products/Large originals',
  'Texts',
];
const odd = [
  'invoice\u202Efdp.exe',
  'line\nbreak.txt',
  ' leading space.docx',
  'M\u00fcller & S\u00f6hne \u{1f6a2}.pdf',
];

/** Item `index` of the 100,000 of the archive: made when asked for, so that no test holds them all. */
export function itemAt(index: number): ItemRow {
  const failed = index % 1_700 === 3;
  const leftOut = index % 1_700 === 9;
  const folder = folders[index % folders.length] ?? '';
  const name =
    index < odd.length
      ? odd[index]
      : `asset-${String(index).padStart(6, '0')}.${index % 6 === 0 ? 'docx' : 'jpg'}`;
  return {
    item: index + 2,
    path: `${folder}/${name}`,
    kind: 'file',
    size: 40_000 + ((index * 7_919) % 900_000),
    modified: NOW - ((index * 977) % 900) * 86_400_000,
    outcome: failed ? 'failed' : leftOut ? 'left-out' : 'copied',
    grade: failed || leftOut ? null : index % 6 === 0 ? 'rewritten' : 'identical',
    destinationName: null,
    findings: failed
      ? [{ code: 'name-too-long', detail: '268 characters' }]
      : leftOut
        ? [{ code: 'temporary-left-out' }]
        : [],
  };
}

/** The overview of whatever tasks there are; its sums are theirs. */
export function overviewOf(all: readonly TaskRow[], at: number): Overview {
  const rows = all.filter(({ archivedAt }) => archivedAt === null);
  const running = rows.filter((row) => row.state === 'running');
  const total = rows.map((row) => row.counts).reduce(addCounts, emptyCounts());
  const progress = running[0]?.progress ?? (rows.length === 0 ? null : 1);
  return {
    at,
    tasks: Object.fromEntries(
      [...Map.groupBy(rows, (row) => row.state)].map(([state, those]) => [state, those.length]),
    ),
    archived: all.length - rows.length,
    counts: total,
    dryRun: rows.length > 0 && rows.every(({ task }) => task.settings.dryRun),
    progress,
    progressFell: null,
    scanning: running.some((row) => row.live?.phase === 'scanning'),
    sample:
      running.length > 0
        ? { ...sampleAt(899), at }
        : { at, filesPerSecond: 0, bytesPerSecond: 0, limitedBy: 'nothing' },
    eta: running[0]?.eta ?? null,
    throttledUntil: null,
    requests: running.length > 0 ? 61_204 : 0,
    resourceUnits: running.length > 0 ? 93_511 : 0,
    retries: 37,
    agents: [],
    attention: attentionOf(rows),
  };
}

function attentionOf(rows: readonly TaskRow[]): Overview['attention'] {
  const groups = new Map<string, Overview['attention'][number]>();
  for (const row of rows) {
    for (const [code, { items, bytes }] of Object.entries(row.counts.byCode)) {
      const held = groups.get(code) ?? { code, items: 0, bytes: 0, tasks: [] };
      groups.set(code, {
        code,
        items: held.items + items,
        bytes: held.bytes + bytes,
        tasks: [...held.tasks, row.task.id],
      });
    }
  }
  return [...groups.values()];
}

function addCounts(a: Counts, b: Counts): Counts {
  const { byOutcome, byGrade } = emptyCounts();
  for (const outcome of outcomes) byOutcome[outcome] = addTally(a.byOutcome[outcome], b.byOutcome[outcome]);
  for (const grade of grades) {
    const files = a.byGrade[grade].files + b.byGrade[grade].files;
    byGrade[grade] = { files, bytes: a.byGrade[grade].bytes + b.byGrade[grade].bytes };
  }
  return { found: addTally(a.found, b.found), byOutcome, byGrade, byCode: { ...a.byCode, ...b.byCode } };
}
