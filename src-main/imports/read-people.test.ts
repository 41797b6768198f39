import { describe, expect, it } from 'vitest';
import { readPeople } from './read-people.ts';

describe('readPeople', () => {
  it('reads the columns of Migration Manager, without a heading and with one', () => {
    const rows = 'CONTOSO\\alice,alice@contoso.com,FALSE\r\nCONTOSO\\Sales,Sales,TRUE\r\n\r\n';
    for (const csv of [rows, `Source,Destination,Is group\r\n${rows}`, rows.replaceAll(',', ';')]) {
      const people = readPeople(csv);
      expect(people.ok && [...people.value]).toEqual([['contoso\\alice', 'alice@contoso.com']]);
    }
  });

  it('says all that is wrong at once, by row', () => {
    const people = readPeople('a,alice@contoso.com\nb,nobody\n,x@contoso.com\n');
    expect(people).toMatchObject({ ok: false, problem: { code: 'people-invalid' } });
    expect(readPeople('a,nobody\n').ok).toBe(false);
    expect(people.ok ? '' : people.problem.detail).toMatch(/^row 2: .*nobody.*\nrow 3: no account/);
  });

  it('says that something is no CSV file', () => {
    expect(readPeople('a,"b\n')).toMatchObject({ ok: false, problem: { code: 'people-invalid' } });
  });
});
