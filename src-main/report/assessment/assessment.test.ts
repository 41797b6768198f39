import { describe, expect, it } from 'vitest';
import { emptyCounts } from '../../../src-shared/model/counts.ts';
import { defaultSettings } from '../../../src-shared/model/settings.ts';
import { noUsage } from '../../../src-shared/model/usage.ts';
import { defaultAssumptions } from '../../../src-shared/survey/forecast.ts';
import type { SurveyItem } from '../../../src-shared/survey/survey.ts';
import type { RunResults } from '../../store/run-results.ts';
import type { RunFigures } from '../run-summary.ts';
import { type Assessment, assess } from './assessment.ts';
import { assessmentHtml } from './assessment-html.ts';
import { assessmentText } from './assessment-text.ts';
import { roughly } from './labels.ts';
import { scanSummaryCsv } from './scan-summary-csv.ts';

const NOW = Date.UTC(2026, 10, 24);
const DAY = 86_400_000;

function figures(byCode: Record<string, { items: number; bytes: number }> = {}): RunFigures {
  return {
    task: {
      id: 'task-1234',
      name: 'Share',
      source: '/srv/<b>share</b>',
      destination: 'none',
      settings: { ...defaultSettings, dryRun: true },
      createdAt: NOW,
    },
    run: {
      id: 'run-1234',
      task: 'task-1234',
      number: 0,
      state: 'complete',
      startedAt: NOW,
      endedAt: NOW + 5_000,
      problem: null,
    },
    counts: { ...emptyCounts(), byCode },
    usage: noUsage,
    pace: [],
  };
}

const base: SurveyItem = {
  id: 2,
  folder: 1,
  name: 'x',
  kind: 'file',
  size: 0,
  modified: NOW - DAY,
  outcome: 'planned',
  destinationName: null,
  codes: [],
};

const items: readonly SurveyItem[] = [
  { ...base, id: 2, name: 'films', kind: 'folder' },
  { ...base, id: 3, folder: 2, name: '<script>alert(1)</script>.mp4', size: 4e9 },
  {
    ...base,
    id: 4,
    name: 'Q3: plan.docx',
    destinationName: 'Q3： plan.docx',
    size: 5_000,
    codes: ['name-changed'],
  },
  { ...base, id: 5, name: 'deep.txt', size: 1, outcome: 'failed', codes: ['path-too-long'] },
  { ...base, id: 6, name: 'link', kind: 'link', outcome: 'left-out', codes: ['link-left-out'] },
];

/** Two items at a time. */
function results(all: readonly SurveyItem[]): Pick<RunResults, 'survey'> {
  return {
    async survey(after) {
      const rest = all.filter(({ id }) => id > after);
      const step = rest.slice(0, 2);
      return { items: step, next: rest.length > 2 ? (step.at(-1)?.id ?? null) : null };
    },
  };
}

async function assessment(given = figures()): Promise<Assessment> {
  return assess(given, results(items), { now: NOW, rootPathLength: 30, assumed: defaultAssumptions });
}

describe('an assessment', () => {
  it('is made of all pages of items', async () => {
    const { survey, forecasts } = await assessment();
    expect(survey.readiness).toMatchObject({
      ready: { files: 1, folders: 1, bytes: 4e9 },
      changes: { files: 1, bytes: 5_000 },
      blocked: { files: 1 },
      'left-out': { others: 1 },
    });
    expect(survey.toCopy).toMatchObject({ files: 2, folders: 1, bytes: 4_000_005_000 });
    expect(forecasts).toHaveLength(8);
  });
});

describe('the page of an assessment', () => {
  it('holds no text of a stranger as HTML, and no script', async () => {
    const page = assessmentHtml(await assessment(), NOW);
    expect(page).not.toMatch(/<script|<b>share/);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'");
  });

  it('shows readiness, forecast, folders, sizes and kinds', async () => {
    const page = assessmentHtml(await assessment(), NOW);
    for (const text of [
      'Ready with changes',
      '8 machines',
      'Folders by size',
      '&lt; 10 kB',
      '.mp4',
      'of 400',
      'Q3： plan.docx',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('says when it did not see everything', async () => {
    const partial = await assessment(figures({ 'folder-unreadable': { items: 2, bytes: 0 } }));
    expect(assessmentHtml(partial, NOW)).toContain('2 folders could not be read');
    expect(assessmentText(partial)).toContain('2 folders could not be read');
    expect(assessmentHtml(await assessment(), NOW)).toContain('Every folder could be read');
  });

  it('says that nothing is to be copied, and forecasts nothing, when there is nothing', async () => {
    const empty = await assess(figures(), results([]), {
      ...{ now: NOW, rootPathLength: 30, assumed: defaultAssumptions },
    });
    for (const said of [assessmentHtml(empty, NOW), assessmentText(empty)]) {
      expect(said).toContain('Nothing is to be copied.');
      expect(said).not.toMatch(/limited by|8 machines/);
    }
  });

  it('is well-formed when there is nothing at all', async () => {
    const empty = await assess(figures(), results([]), {
      now: NOW,
      rootPathLength: 30,
      assumed: defaultAssumptions,
    });
    const page = assessmentHtml(empty, NOW);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(assessmentText(empty)).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('the pictures of an assessment', () => {
  it('say their figures to who cannot see them', async () => {
    const page = assessmentHtml(await assessment(), NOW);
    const said = [...page.matchAll(/<desc>([^<]*)<\/desc>/g)].map(([, text]) => text);
    expect(said).toContain('up to 4: 1 files, 5.00 kB; 129 to 1024: 1 files, 4.00 GB');
    expect(said).toHaveLength(page.split('<svg').length - 1);
  });
});

describe('an assessment on a terminal', () => {
  it('says the same in words', async () => {
    const text = assessmentText(await assessment());
    expect(text).toMatch(/Ready with changes +#+ +1 +0 +0 +5.00 kB/);
    expect(text).toMatch(/1 machine +about 5 min.* limited by the machines that copy/);
  });
});

describe("Migration Manager's scan summary", () => {
  it('has its columns first, and numbers a spreadsheet can add', async () => {
    const [head, row] = scanSummaryCsv(await assessment())
      .replace('\ufeff', '')
      .split('\r\n');
    const columns = (head ?? '').split(',');
    expect(columns.slice(0, 3)).toEqual(['TaskId', 'StartTime', 'EndTime']);
    const values = Object.fromEntries(columns.map((column, n) => [column, (row ?? '').split(',')[n]]));
    expect(values).toMatchObject({
      FilesReadyToBeMigrated: '2',
      DataReadyToBeMigrated: '4000005000',
      FilesScanned: '3',
      FilesBlocked: '1',
      MaximumPathLength: String(30 + '/films/<script>alert(1)</script>.mp4'.length),
      ScanStatusCode: 'Complete',
    });
  });
});

describe('a time that is forecast', () => {
  it.each([
    [0, 'less than a minute'],
    [59, 'less than a minute'],
    [600, 'about 10 min'],
    [7_260, 'about 2 h 1 min'],
    [200_000, 'about 2 d 7 h'],
  ])('of %s s is said as %s', (seconds, said) => {
    expect(roughly(seconds)).toBe(said);
  });
});
