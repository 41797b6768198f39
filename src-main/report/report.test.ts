import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemRow } from '../../src-shared/contract/console-types.ts';
import { type Counts, emptyCounts } from '../../src-shared/model/counts.ts';
import { defaultSettings } from '../../src-shared/model/settings.ts';
import type { RunResults } from '../store/run-results.ts';
import { REPORT_FILES, reportFolderName, writeReport } from './report.ts';
import { type RunFigures, runSummary } from './run-summary.ts';
import { summaryHtml } from './summary-html.ts';
import { summaryText } from './summary-text.ts';

const NOW = Date.UTC(2026, 10, 22, 12);

const item = (given: Partial<ItemRow>): ItemRow => ({
  item: 2,
  path: 'a.txt',
  kind: 'file',
  size: 5,
  modified: NOW,
  outcome: 'copied',
  grade: 'identical',
  destinationName: null,
  findings: [],
  ...given,
});

/** Stands in for the results of a run: the same pages, from memory. Says how many items it ever gave at once. */
function standInResults(items: readonly ItemRow[]): RunResults & { readonly largestPage: () => number } {
  let largest = 0;
  return {
    largestPage: () => largest,
    take: async () => 0,
    taken: async () => 0,
    expect: async () => undefined,
    beginAnew: async () => undefined,
    end: async () => undefined,
    counts: async () => emptyCounts(),
    async page(filter, cursor, limit) {
      const matching = items.filter(
        (row) =>
          (filter.outcome === undefined || row.outcome === filter.outcome) &&
          (filter.code === undefined || row.findings.some(({ code }) => code === filter.code)),
      );
      const from = Number(cursor ?? 0);
      const page = matching.slice(from, from + limit);
      largest = Math.max(largest, page.length);
      const next = from + limit < matching.length ? String(from + limit) : null;
      return { items: page, cursor: next, total: null };
    },
    survey: async () => ({ items: [], next: null }),
    close: async () => undefined,
  };
}

function figures(given: Partial<RunFigures['run']> = {}, counts: Partial<Counts> = {}): RunFigures {
  return {
    task: {
      id: 'task-1234',
      name: 'Finance <script>alert(1)</script>',
      source: '\\\\server\\finance & more',
      destination: 'https://contoso.sharepoint.com/sites/finance',
      settings: defaultSettings,
      createdAt: NOW,
    },
    run: {
      id: 'run-1234',
      task: 'task-1234',
      number: 2,
      state: 'complete-with-issues',
      startedAt: NOW,
      endedAt: NOW + 65_000,
      problem: null,
      ...given,
    },
    counts: {
      found: { files: 12, folders: 2, others: 1, bytes: 1_234_567 },
      byOutcome: {
        copied: { files: 8, folders: 2, others: 0, bytes: 1_000_000 },
        present: { files: 1, folders: 0, others: 0, bytes: 234_000 },
        'left-out': { files: 0, folders: 0, others: 1, bytes: 0 },
        failed: { files: 2, folders: 0, others: 0, bytes: 500 },
        accepted: { files: 1, folders: 0, others: 0, bytes: 67 },
        planned: { files: 0, folders: 0, others: 0, bytes: 0 },
      },
      byGrade: {
        ...emptyCounts().byGrade,
        identical: { files: 8, bytes: 1_000_000 },
        missing: { files: 1, bytes: 3 },
      },
      byCode: {
        'link-left-out': { items: 1, bytes: 0 },
        'name-changed': { items: 3, bytes: 30 },
        'file-in-use': { items: 2, bytes: 500 },
      },
      ...counts,
    },
    usage: { requests: 1_234, resourceUnits: 2_500.5, retries: 3, bytesSent: 1_000_100, workedMs: 65_000 },
    pace: [],
  };
}

/** RFC 4180, as strict as a reader can be: for reading back what was written. */
function parseCsv(text: string): string[][] {
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  const rows: string[][] = [[]];
  let end = 0;
  for (let match = fields.exec(text); match !== null; match = fields.exec(text)) {
    end = fields.lastIndex;
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push([]);
  }
  expect(end, 'everything is well-formed').toBe(text.length);
  return rows.slice(0, -1);
}

describe('the files of a report', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convoy-report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = async (items: readonly ItemRow[]) => {
    const results = standInResults(items);
    const written = await writeReport({ ...figures(), results, folder: join(folder, 'new', 'R2'), now: NOW });
    if (!written.ok) throw new Error(written.problem.code);
    const report = written.value;
    const read = (name: string) => readFile(join(report.folder, name), 'utf8');
    return { report, results, read };
  };

  it('are all there, and nothing half-written is left', async () => {
    const { report } = await write([item({})]);
    expect(report.files).toEqual([...REPORT_FILES]);
    expect((await readdir(report.folder)).sort()).toEqual([...REPORT_FILES].sort());
  });

  it('list every item, its failures and its changed names, with what to do', async () => {
    const { read } = await write([
      item({ path: 'ok.txt' }),
      item({
        path: 'locked.pst',
        outcome: 'failed',
        grade: null,
        findings: [{ code: 'file-in-use', detail: 'EBUSY' }],
      }),
      item({ path: 'a:b', destinationName: 'a_b', findings: [{ code: 'name-changed' }] }),
    ]);
    const [header, ...rows] = parseCsv((await read('items.csv')).slice(1));
    expect(header?.slice(0, 8)).toEqual([
      'path',
      'kind',
      'size',
      'modified',
      'outcome',
      'grade',
      'destination name',
      'codes',
    ]);
    expect(rows.map(([path]) => path)).toEqual(['ok.txt', 'locked.pst', 'a:b']);
    const failures = parseCsv((await read('failures.csv')).slice(1)).slice(1);
    expect(failures).toEqual([
      [
        'locked.pst',
        'file',
        '5',
        '2026-11-22T12:00:00Z',
        'failed',
        '',
        '',
        'file-in-use',
        'A file is locked by another program',
        'Close the program or copy at night, then start again.',
        'EBUSY',
      ],
    ]);
    const renames = parseCsv((await read('renames.csv')).slice(1)).slice(1);
    expect(renames.map((row) => [row[0], row[6]])).toEqual([['a:b', 'a_b']]);
  });

  it('that cannot be written end with their reason', async () => {
    await writeFile(join(folder, 'taken'), '');
    const results = standInResults([]);
    const written = await writeReport({
      ...figures(),
      results,
      folder: join(folder, 'taken', 'R2'),
      now: NOW,
    });
    expect(written).toMatchObject({ ok: false, problem: { code: 'store-unusable' } });
  });

  it('begin with the mark that Excel needs to read UTF-8', async () => {
    const { read } = await write([item({ path: 'Größe 😀.txt' })]);
    expect((await read('items.csv')).startsWith('\ufeffpath,')).toBe(true);
    expect(await read('items.csv')).toContain('Größe 😀.txt');
  });

  it('are written page by page', async () => {
    const many = Array.from({ length: 1_501 }, (_, index) => item({ item: index + 2, path: `f${index}` }));
    const { read, results } = await write(many);
    expect(parseCsv((await read('items.csv')).slice(1))).toHaveLength(1_502);
    expect(results.largestPage()).toBe(500);
  });

  it('keep any name whole, and give a spreadsheet no formula', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({
        unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", 'a', ';'),
        minLength: 1,
      }),
    );
    const names = fc.sample(name, { numRuns: 300, seed: 7 });
    const { read } = await write(names.map((path) => item({ path })));
    const rows = parseCsv((await read('items.csv')).slice(1)).slice(1);
    expect(rows).toHaveLength(names.length);
    rows.forEach(([path = ''], index) => {
      const original = names[index] ?? '';
      expect(path.replace(/^'/, '')).toBe(original.replace(/^'/, ''));
      expect(path).not.toMatch(/^[=+\-@\t\r]/);
    });
  });
});

describe('the summary for people', () => {
  const page = summaryHtml(figures(), NOW);

  it('is one self-contained page without script, and nothing from outside is taken for its code', () => {
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/i);
    expect(page).toContain('Finance &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('\\\\server\\finance &amp; more');
    expect(page).toContain("default-src 'none'");
  });

  it('shows the sums as an equation and says that they add up', () => {
    const terms = [...page.matchAll(/<div class="term"[^>]*><b>([^<]*)<\/b>([^<]*)<\/div>/g)].map(
      ([, n, word]) => `${n} ${word}`,
    );
    expect(terms).toEqual([
      '12 found',
      '8 copied',
      '1 already there',
      '0 left out',
      '2 failed',
      '1 accepted',
    ]);
    expect(page).toContain('The sums add up');
  });

  it('says plainly when they do not', () => {
    const wrong = figures({}, { found: { files: 13, folders: 2, others: 1, bytes: 1_234_567 } });
    expect(summaryHtml({ ...wrong, run: { ...wrong.run, state: 'complete' } }, NOW)).toContain('still to do');
    const negative = figures({}, { found: { files: 1, folders: 2, others: 1, bytes: 1_234_567 } });
    expect(summaryHtml(negative, NOW)).toContain('do not add up');
  });

  it('names cause and remedy of each finding, errors first', () => {
    expect(page.indexOf('A file is locked')).toBeLessThan(page.indexOf('A name was changed'));
    expect(page.indexOf('A name was changed')).toBeLessThan(page.indexOf('A link was left out'));
    expect(page).toContain('Close the program or copy at night');
  });

  it('says why a run failed', () => {
    const failedPage = summaryHtml(
      figures({ state: 'failed', problem: { code: 'quota-full', detail: '<b>507</b>' } }),
      NOW,
    );
    expect(failedPage).toContain('The destination is full');
    expect(failedPage).toContain('&lt;b&gt;507&lt;/b&gt;');
  });

  it('lets no text of a stranger become HTML or move a cursor', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const given = figures();
        const odd = { ...given, task: { ...given.task, name: text, source: text, destination: text } };
        expect(summaryHtml(odd, NOW).split('<').length).toBe(page.split('<').length);
        expect(summaryText(odd)).not.toMatch(/[^\n\P{Cc}]/u);
      }),
    );
  });
});

describe('the summary for a terminal', () => {
  it('has the sums, the grades, the findings and what it took', () => {
    expect(summaryText({ ...figures(), task: { ...figures().task, name: 'Finance' } })).toBe(`\
Finance, run 2: complete with issues

                     files    folders     others       size
  found                 12          2          1    1.23 MB
= copied                 8          2          0    1.00 MB
+ already there          1          0          0     234 kB
+ left out               0          0          1        0 B
+ failed                 2          0          0      500 B
+ accepted               1          0          0       67 B

At the destination
  Identical           8 files    1.00 MB
  Missing             1 files        3 B

Findings
  error            2  A file is locked by another program [file-in-use]
                      Close the program or copy at night, then start again.
  warning          3  A name was changed for SharePoint [name-changed]
                      Look through the list of changed names in the report; links inside documents may need the new name.

Left out
           1 items        0 B  A link was left out [link-left-out]

1 min 5 s, 0.1 files/s, 1,234 requests, 2,501 resource units, 3 repeated
`);
  });
});

describe('the figures for scripts', () => {
  it('say whether they add up, what each code means, and how long it took', () => {
    const summary = runSummary(figures());
    expect(summary).toMatchObject({
      addsUp: true,
      seconds: 65,
      requests: 1_234,
      retries: 3,
      state: 'complete-with-issues',
      run: { startedAt: '2026-11-22T12:00:00Z' },
    });
    expect(summary.findings.map(({ code, items }) => [code, items])).toEqual([
      ['file-in-use', 2],
      ['name-changed', 3],
      ['link-left-out', 1],
    ]);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });
});

describe('the folder of a report', () => {
  it.each(['../../etc', 'C:\\x', 'a/b', '.', '..', '', 'NUL\0', 'x'.repeat(300), 'trailing. '])(
    'for a task called %j is one plain folder name',
    (name) => {
      const folder = reportFolderName({ name, id: 'abcd-1234' }, 3);
      expect(folder).toMatch(/^[^/\\:\0.][^/\\:\0]* abcd-123 R3$/);
      expect(folder.length).toBeLessThan(100);
    },
  );
});
