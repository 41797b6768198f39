import { describe, expect, it } from 'vitest';
import { checkRenames } from './rename-plan.ts';

const row = (path: string, after: string, kind = 'file') => ({ path, after, kind });
const check = (...rows: ReturnType<typeof row>[]) =>
  checkRenames(rows.map((one, i) => ({ ...one, row: i + 2 })));

describe('a repair plan', () => {
  it('gives names by path; an empty one gives nothing', () => {
    const { names, faults } = check(
      row('a:b', 'a-b'),
      row('x/a:b', 'a-b'),
      row('c', ''),
      row('~old', '~old'),
    );
    expect(faults).toEqual([]);
    expect([...names]).toEqual([
      ['a:b', 'a-b'],
      ['x/a:b', 'a-b'],
      ['~old', '~old'],
    ]);
  });

  it('is told everything that is wrong with it at once, with row, column and what is allowed', () => {
    const { faults } = check(
      row('a', 'b:c'),
      row('a', 'd'),
      row('x/../y', 'e'),
      row('k', 'f', 'Datei'),
      row('one/p', 'Same'),
      row('one/q', 'same'),
      row('two/q', 'same'),
      row('l', 'n'.repeat(256)),
      row('~old', '~old', 'folder'),
    );
    expect(faults.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '2 name after',
      '3 path',
      '4 path',
      '5 kind',
      '7 name after',
      '9 name after',
      '10 name after',
    ]);
    expect(faults[0]?.allowed).toContain('for example b：c');
    expect(faults[1]?.allowed).toContain('row 2 has it');
    expect(faults[4]?.allowed).toContain('row 6 has it');
  });
});
