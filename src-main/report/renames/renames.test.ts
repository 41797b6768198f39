import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ItemRow, TaskRow } from '../../../src-shared/contract/console-types.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import { beforeMarking, withoutMark } from '../../../src-shared/rules/formula-mark.ts';
import type { ItemPages } from '../csv-file.ts';
import { giveNames } from './give-names.ts';
import { readRenames } from './read-renames.ts';
import { writeRenamesCsv } from './renames-csv.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'convoy-renames-'));
});
afterEach(() => rm(folder, { recursive: true }));

const item = (path: string, destinationName: string | null, given: Partial<ItemRow> = {}): ItemRow => ({
  item: 2,
  path,
  kind: 'file',
  size: 5,
  modified: 0,
  outcome: 'planned',
  grade: null,
  destinationName,
  findings: [{ code: 'name-changed', detail: 'a reason' }],
  ...given,
});

/** Two items to a page. */
function pagesOf(items: readonly ItemRow[]): ItemPages {
  return {
    async page({ code }, cursor) {
      const from = Number(cursor ?? 0);
      const some = items.filter(({ findings }) => findings.some((finding) => finding.code === code));
      return {
        items: some.slice(from, from + 2),
        cursor: from + 2 < some.length ? String(from + 2) : null,
        total: null,
      };
    },
  };
}

async function written(items: readonly ItemRow[]): Promise<string> {
  const file = join(folder, 'renames.csv');
  await writeRenamesCsv(file, pagesOf(items));
  return readFile(file, 'utf8');
}

const namesIn = (csv: string): Record<string, string> => {
  const read = readRenames(csv);
  if (!read.ok) throw new Error(read.problem.detail);
  return Object.fromEntries(read.value);
};
const faultsIn = (csv: string): string => {
  const read = readRenames(csv);
  return read.ok ? '' : (read.problem.detail ?? '');
};

describe('the repair plan', () => {
  it('has before, after and reason behind the columns of all item files', async () => {
    const csv = await written([
      item('x/a:b.txt', 'a：b.txt'),
      item('long', 'short', {
        outcome: 'failed',
        findings: [{ code: 'path-too-long', detail: '401 characters' }],
      }),
      item('other', null, { findings: [{ code: 'file-in-use' }] }),
    ]);
    const [head, first, second, ...rest] = csv.trimEnd().split('\r\n');
    expect(head).toMatch(/^\ufeffpath,kind,size,.*,detail,name before,name after,reason$/);
    expect(first).toMatch(/^x\/a:b\.txt,file,.*,a:b\.txt,a：b\.txt,a reason$/);
    expect(second).toMatch(/^long,file,.*,failed,.*,long,short,401 characters$/);
    expect(rest).toEqual([]);
  });

  it('comes back as it was written, whatever the names are', async () => {
    const cell = fc
      .array(fc.constantFrom("'", '=', '+', '-', '@', '"', ',', ';', '＝', 'a', ' b', 'é', '😀', '\n'), {
        minLength: 1,
      })
      .map((letters) => letters.join(''));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(cell, { maxLength: 5 }), async (names) => {
        const plan = names.map((name, i) => [`${name}/${i}`, `${i} after`] as const);
        const csv = await written(plan.map(([path, after]) => item(path, after)));
        expect(namesIn(csv)).toEqual(Object.fromEntries(plan));
      }),
      { numRuns: 100 },
    );
    fc.assert(fc.property(cell, (name) => withoutMark(beforeMarking(name)) === name || /^[^']/.test(name)));
  });

  it('may come from a spreadsheet of another country, with columns moved and rows emptied', () => {
    const csv = '\ufeffKind;Path;remark;Name after\r\nfile;a:b;x;a-b\r\n;;;\r\nfolder;c;;\r\n';
    expect(namesIn(csv)).toEqual({ 'a:b': 'a-b' });
    expect(namesIn('path\tkind\tname after\na\tfile\tb\n')).toEqual({ a: 'b' });
    expect(namesIn('path,kind,name after\n')).toEqual({});
  });

  it('is refused as a whole, with everything that is wrong', () => {
    expect(faultsIn('path,name after\na,b')).toBe('row 1: no column "kind"');
    expect(faultsIn('')).toContain('no column "path"');
    expect(faultsIn('path,kind,name after\n"a,file,b')).toContain('not a CSV file');
    const faults = faultsIn('path,kind,name after\na,file,b?\na,file,c\nd,file,e\nf,file,E').split('\n');
    expect(faults).toHaveLength(3);
    expect(faults[0]).toMatch(/^row 2, column "name after": "b\?" was given; allowed is .* for example b？$/);
    const many = Array.from({ length: 150 }, (_, i) => `p${i},file,?`).join('\n');
    expect(faultsIn(`path,kind,name after\n${many}`)).toMatch(/\nand 50 more$/);
  });

  it('is kept with its task; while a run goes on only the same one is taken', async () => {
    let state: TaskRow['state'] = 'ready';
    const room = {
      // Only the state is asked for.
      coordinator: { task: () => ok({ state }) as Result<TaskRow> },
      namesFile: (task: string) => join(folder, `${task}.json`),
    };
    const give = (after: string) => giveNames(room, 'task-1', `path,kind,name after\na,file,${after}\n`);
    expect(await give('b')).toEqual(ok({ names: 1 }));
    state = 'running';
    expect(await give('b')).toEqual(ok({ names: 1 }));
    expect(await give('c')).toMatchObject({ ok: false, problem: { code: 'wrong-state' } });
    state = 'complete';
    expect(await give('c')).toEqual(ok({ names: 1 }));
    expect(await give('?')).toMatchObject({ ok: false, problem: { code: 'renames-invalid' } });
  });
});
