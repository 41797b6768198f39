import { parse } from 'csv-parse/browser/esm/sync';
import { stringify } from 'csv-stringify/browser/esm/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { ImportDesk } from './import-desk.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const SITE = 'https://contoso.sharepoint.com/sites';
const LIST = [
  'source,site,library,folder,name',
  String.raw`\\srv\a,${SITE}/a,Documents,,A`,
  String.raw` \\srv\b ,${SITE}/b,,,`,
  String.raw`srv\c,${SITE}/c,,,`,
  String.raw`\\srv\a,${SITE}/a,Documents,,again`,
  String.raw`\\srv\e,eva@contoso.com,,,`,
].join('\r\n');

let desk: ImportDesk;
beforeEach(() => {
  desk = new ImportDesk(parse, stringify);
});
function open(text = LIST) {
  const opened = desk.open('list.csv', bytes(text));
  if (!opened.ok) throw new Error(opened.problem.code);
  return opened.value;
}
const groups = (summary = desk.summary()) => summary.groups.map(({ code, rows }) => [code, rows]);
const states = () => desk.rows(0, 100, {}).rows.map(({ line, state }) => [line, state]);

describe('a list on the desk', () => {
  it('is checked row by row, and what is wrong stands in groups, what stops a row first', () => {
    const summary = open();
    expect(summary.counts).toEqual({ all: 5, error: 3, remark: 1, plain: 1, ready: 0 });
    expect(groups(summary)).toEqual([
      ['import-destination-is-person', 1],
      ['import-same-row-twice', 1],
      ['import-source-not-absolute', 1],
      ['import-stray-spaces', 1],
    ]);
    expect(states()).toEqual([
      [2, 'plain'],
      [3, 'remark'],
      [4, 'error'],
      [5, 'error'],
      [6, 'error'],
    ]);
    expect(desk.rows(0, 9, { group: 'import-same-row-twice' }).rows.map(({ line }) => line)).toEqual([5]);
  });

  it('is mended by cell and by group, and each step can be taken back and done again', () => {
    open();
    expect(groups(desk.edit(4, 'source', String.raw`\\srv\c`))).not.toContainEqual([
      'import-source-not-absolute',
      1,
    ]);
    expect(groups(desk.fix('import-stray-spaces', 'mend')).map(([code]) => code)).not.toContain(
      'import-stray-spaces',
    );
    expect(desk.rows(1, 2, {}).rows[0]?.cells.source).toBe(String.raw`\\srv\b`);
    expect(desk.fix('import-same-row-twice', 'remove').counts.all).toBe(4);
    const { counts } = desk.edit(6, 'site', `${SITE}/e`);
    expect(counts).toMatchObject({ all: 4, error: 0 });
    for (let step = 0; step < 4; step += 1) desk.undo();
    expect(desk.summary()).toMatchObject({ counts: { all: 5, error: 3 }, canUndo: false, canRedo: true });
    for (let step = 0; step < 4; step += 1) desk.redo();
    expect(desk.summary()).toMatchObject({ counts, canRedo: false });
  });

  it('knows what both ends of a row said for as long as the row stays as it is', () => {
    open();
    expect(desk.wishes('unasked').map(({ line }) => line)).toEqual([2, 3]);
    desk.answer([
      { line: 2, fault: null },
      { line: 3, fault: { code: 'source-missing', line: 3 } },
    ]);
    expect(states().slice(0, 2)).toEqual([
      [2, 'ready'],
      [3, 'error'],
    ]);
    expect(desk.wishes('all').map(({ line }) => line)).toEqual([2]);
    desk.edit(3, 'source', String.raw`\\srv\other`);
    expect(desk.wishes('unasked').map(({ line }) => line)).toEqual([3]);
    desk.undo();
    expect(states()[1]).toEqual([3, 'error']);
  });

  it('compares with the tasks that are there, and gives up the rows that became tasks', () => {
    open();
    const known = [{ source: String.raw`\\SRV\a`, destination: `${SITE}/a/Documents` }];
    expect(groups(desk.compareWith(known, '.sharepoint.com'))).toContainEqual(['import-task-exists', 2]);
    desk.compareWith([], '.sharepoint.com');
    expect(desk.made([2, 3]).counts.all).toBe(3);
    expect(desk.summary().canUndo).toBe(false);
  });

  it('asks what columns mean that nobody knows', () => {
    const summary = open(`x,y,z,w\n/srv/a,7,${SITE}/a,-\n`);
    expect(summary.columns.map(({ meaning }) => meaning)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
    const mapped = desk.map(['source', 'not-used', 'site', 'not-used'], true);
    expect(mapped.counts).toMatchObject({ all: 1, plain: 1 });
    expect(mapped.columns[0]).toEqual({ meaning: 'source', head: 'x', sample: '/srv/a' });
  });

  it('comes back as it was, from its own CSV and after a reload', () => {
    open();
    const again = new ImportDesk(parse, stringify);
    const opened = again.open('corrected.csv', bytes(desk.csv()));
    expect(opened.ok && opened.value.counts.all).toBe(5);
    expect(desk.csv()).toContain('source: The source is no full path.');
    const kept = structuredClone(desk.kept());
    if (kept === null) throw new Error('nothing was kept');
    expect(new ImportDesk(parse, stringify).restore(kept).counts).toEqual(desk.summary().counts);
  });

  it('keeps the list that it has when another one cannot be read', () => {
    open();
    expect(desk.open('picture.png', bytes('\0\0'))).toMatchObject({ problem: { code: 'import-unreadable' } });
    expect(desk.summary().counts.all).toBe(5);
  });
});
