import { figuresOf } from '../../src-main/report/assessment/desk/figures.ts';
import { type Random, seededRandom } from '../../src-practice/random.ts';
import type { AssessmentView, RenameView } from '../../src-shared/contract/assessments.ts';
import type { ItemRow, TaskRow } from '../../src-shared/contract/console-types.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import { emptyCounts, noTally } from '../../src-shared/model/counts.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import { type SurveyItem, Surveyor } from '../../src-shared/survey/survey.ts';
import { NOW, readyTask } from './fixture.ts';

/** An assessment of a file server that never was: its items are made from a seed and added up by the rules of the real one. */

export const ASSESSED = 'task-assessed';
export const ASSESSING = 'task-assessing';

const DAY = 86_400_000;
const ROOT = 1;
const ASKED = { now: NOW - 3_600_000, rootPathLength: 42, fragmentBytes: 10_485_760 };

const departments = [
  ['Projects', 0.42],
  ['Marketing', 0.22],
  ['Finance', 0.14],
  ['Construction drawings', 0.1],
  ['Human resources', 0.05],
  ['Board', 0.04],
  ['Archive 2009-2014', 0.03],
] as const;
const kinds = [
  ['docx', 0.2, 90_000],
  ['xlsx', 0.14, 240_000],
  ['pdf', 0.2, 900_000],
  ['jpg', 0.18, 3_400_000],
  ['dwg', 0.08, 9_000_000],
  ['msg', 0.08, 60_000],
  ['mp4', 0.01, 420_000_000],
  ['pst', 0.003, 1_900_000_000],
  ['zip', 0.03, 40_000_000],
  ['tif', 0.04, 22_000_000],
  ['txt', 0.03, 4_000],
  ['', 0.007, 900],
] as const;

function weighted<T extends readonly (readonly [unknown, number, ...unknown[]])[]>(
  random: Random,
  list: T,
): T[number] {
  let at = random() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const one of list) {
    at -= one[1];
    if (at <= 0) return one;
  }
  return list[0] as T[number];
}

function* itemsOf(files: number): Generator<SurveyItem> {
  const random = seededRandom('assessment');
  let id = ROOT;
  const plain = { size: 0, outcome: 'planned', destinationName: null, codes: [] as string[] } as const;
  const folder = (parent: number, name: string): SurveyItem => {
    id += 1;
    return { ...plain, id, folder: parent, name, kind: 'folder', modified: NOW - 400 * DAY };
  };
  const leaves: (readonly [number, number])[] = [];
  for (const [name, weight] of departments) {
    const top = folder(ROOT, name);
    yield top;
    for (let year = 2016; year <= 2026; year += 1) {
      const one = folder(top.id, String(year));
      yield one;
      const parts = 2 + Math.floor(random() * 4);
      for (let part = 1; part <= parts; part += 1) {
        const deep = folder(one.id, `Part ${part}`);
        yield deep;
        leaves.push([deep.id, (weight * (year - 2014)) / parts]);
      }
    }
  }
  for (let at = 0; at < files; at += 1) {
    const [place] = weighted(random, leaves);
    const [ending, , mean] = weighted(random, kinds);
    const size =
      random() < 0.01 ? 0 : Math.ceil(mean * Math.exp((random() + random() + random() - 1.5) * 2.2));
    const modified = ASKED.now - Math.floor(3_900 * random() ** 2.2 * DAY);
    id += 1;
    const stem = `${'document '.repeat(1 + Math.floor(random() ** 4 * 30)).trim()} ${at}`;
    const name = ending === '' ? stem : `${stem}.${ending}`;
    const chance = random();
    const file = { ...plain, id, folder: place, name, kind: 'file', size, modified } as const;
    if (chance < 0.012)
      yield { ...file, destinationName: name.replace('document', 'document_'), codes: ['name-changed'] };
    else if (chance < 0.016) yield { ...file, outcome: 'failed', codes: ['path-too-long'] };
    else if (chance < 0.018) yield { ...file, outcome: 'failed', codes: ['access-denied'] };
    else if (chance < 0.03) yield { ...file, outcome: 'left-out', codes: ['temporary-left-out'] };
    else yield file;
  }
}

function added(files: number) {
  const surveyor = new Surveyor(ASKED);
  const codes: Record<string, { items: number; bytes: number }> = {};
  for (const item of itemsOf(files)) {
    surveyor.add(item);
    for (const code of item.codes) {
      const held = codes[code] ?? { items: 0, bytes: 0 };
      codes[code] = { items: held.items + 1, bytes: held.bytes + item.size };
    }
  }
  const survey = surveyor.result();
  const { blocked, 'left-out': leftOut } = survey.readiness;
  const toCopy = {
    ...noTally,
    files: survey.toCopy.files,
    folders: survey.toCopy.folders,
    bytes: survey.toCopy.bytes,
  };
  const counts: Counts = {
    ...emptyCounts(),
    found: {
      ...noTally,
      files: toCopy.files + blocked.files + leftOut.files,
      folders: toCopy.folders,
      bytes: toCopy.bytes + blocked.bytes + leftOut.bytes,
    },
    byOutcome: { ...emptyCounts().byOutcome, planned: toCopy, failed: blocked, 'left-out': leftOut },
    byCode: codes,
  };
  return {
    counts,
    figures: figuresOf(survey, counts, { asOf: ASKED.now, rootPathLength: ASKED.rootPathLength }),
  };
}

const { counts, figures } = added(24_000);

export const assessmentView: AssessmentView = {
  state: 'ready',
  figures,
  measured: {
    ...{ runs: 2, files: 99_240, bytes: 41_000_000_000, seconds: 5_400, newest: NOW - 2 * DAY },
    ...{ agentFilesPerSecond: 62, agentBytesPerSecond: 38_000_000, unitsPerFile: 4.6 },
  },
  problem: null,
  renames: 3,
};

export const assessedTask: TaskRow = {
  ...readyTask,
  task: {
    id: ASSESSED,
    name: 'departments',
    source: '\\\\filesrv-02\\departments',
    destination: 'none',
    settings: { ...defaultSettings, dryRun: true },
    createdAt: NOW - 2 * DAY,
  },
  state: 'complete-with-issues',
  run: {
    id: 'run-assessed',
    task: ASSESSED,
    number: 0,
    state: 'complete-with-issues',
    startedAt: NOW - 3_900_000,
    endedAt: NOW - 3_600_000,
    problem: null,
  },
  counts,
  progress: 1,
};

/** One that still goes on. */
export const assessingTask: TaskRow = {
  ...assessedTask,
  task: { ...assessedTask.task, id: ASSESSING, name: 'home', source: '\\\\filesrv-02\\home' },
  state: 'running',
  run: {
    ...{ id: 'run-assessing', task: ASSESSING, number: 0, state: 'running', startedAt: NOW - 74_000 },
    ...{ endedAt: null, problem: null },
  },
  counts: { ...emptyCounts(), found: { files: 182_340, folders: 12_044, others: 0, bytes: 96_000_000_000 } },
  progress: null,
};

/** Of the repair plan. */
export const renames: readonly RenameView[] = [
  {
    ...{ item: 101, path: 'Finance/2024/Part 1/Q3: plan.xlsx', kind: 'file', code: 'name-changed' },
    ...{ reason: 'character :', proposed: 'Q3_ plan.xlsx', given: null },
  },
  {
    ...{ item: 102, path: 'Projects/2019/ Tender', kind: 'folder', code: 'name-changed' },
    ...{ reason: 'space at the beginning', proposed: 'Tender', given: 'Tender 2019' },
  },
  {
    ...{ item: 103, path: `Board/2017/${'minutes of the meeting '.repeat(12)}.docx`, kind: 'file' },
    ...{ code: 'name-too-long', reason: '281 characters', proposed: null, given: null },
  },
];

/** Item `index` of what was assessed. */
export function assessedItemAt(index: number): ItemRow {
  const changed = index % 60 === 7;
  const failed = index % 90 === 11;
  return {
    item: index + 2,
    path: `Projects/${2016 + (index % 10)}/Part ${1 + (index % 4)}/document ${index}.${index % 3 === 0 ? 'pdf' : 'docx'}`,
    kind: 'file',
    size: 9_000 + ((index * 7_919) % 4_000_000),
    modified: NOW - ((index * 977) % 2_900) * DAY,
    outcome: failed ? 'failed' : 'planned',
    grade: null,
    destinationName: changed ? `document_ ${index}.docx` : null,
    findings: failed ? [{ code: 'path-too-long' }] : changed ? [{ code: 'name-changed' }] : [],
  };
}
