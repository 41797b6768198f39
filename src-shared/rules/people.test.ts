import { describe, expect, it } from 'vitest';
import { checkPeople, peopleKey, personFor } from './people.ts';

const row = (source: string, destination: string, group = 'FALSE') => ({
  row: 1,
  source,
  destination,
  group,
});

describe('checkPeople', () => {
  it('takes accounts, SIDs and numbers, whatever case they are in, and passes groups over', () => {
    const { people, faults } = checkPeople([
      row('CONTOSO\\Alice', 'alice@contoso.com'),
      row('S-1-5-21-1-2-3-1104', ' bob@contoso.com '),
      row('1000', 'nora@contoso.com', ''),
      row('CONTOSO\\Sales', 'Sales', 'true'),
    ]);
    expect(faults).toEqual([]);
    expect([...people]).toEqual([
      ['contoso\\alice', 'alice@contoso.com'],
      ['s-1-5-21-1-2-3-1104', 'bob@contoso.com'],
      ['1000', 'nora@contoso.com'],
    ]);
  });

  it.each([
    ['no account', row(' ', 'alice@contoso.com'), 'no account'],
    ['no sign-in name', row('a', 'Alice Adams'), 'is no sign-in name'],
    ['nothing', row('a', ''), 'is no sign-in name'],
    ['what would make another claim', row('a', 'alice@contoso.com|x'), 'is no sign-in name'],
    ['quotes', row('a', `alice'@contoso.com`), 'is no sign-in name'],
  ])('says what is wrong: %s', (_, wrong, what) => {
    expect(checkPeople([wrong]).faults).toEqual([{ row: 1, what: expect.stringContaining(what) }]);
  });

  it('takes an account twice for one person, not for two', () => {
    const again = { ...row('A', 'ALICE@contoso.com'), row: 2 };
    expect(checkPeople([row('a', 'alice@contoso.com'), again]).faults).toEqual([]);
    const other = { ...row('A', 'bob@contoso.com'), row: 2 };
    expect(checkPeople([row('a', 'alice@contoso.com'), other]).faults).toMatchObject([{ row: 2 }]);
  });
});

describe('personFor', () => {
  const { people } = checkPeople([
    row('contoso\\alice', 'alice@contoso.com'),
    row('S-1-5-9', 'sid@contoso.com'),
  ]);

  it('goes by the first name that the list has', () => {
    expect(personFor(people, ['CONTOSO\\alice', 'S-1-5-9'])).toBe('alice@contoso.com');
    expect(personFor(people, ['CONTOSO\\renamed', 's-1-5-9'])).toBe('sid@contoso.com');
    expect(personFor(people, ['CONTOSO\\bob', 'S-1-5-8'])).toBeUndefined();
    expect(personFor(people, [])).toBeUndefined();
  });
});

describe('peopleKey', () => {
  const one = new Map([
    ['a', 'x@y.z'],
    ['b', 'v@y.z'],
  ]);

  it('is the same for the same list in another order, and another one for another list', () => {
    expect(peopleKey(new Map([...one].reverse()))).toBe(peopleKey(one));
    expect(peopleKey(new Map([...one, ['b', 'w@y.z']]))).not.toBe(peopleKey(one));
    expect(peopleKey(new Map())).not.toBe(peopleKey(one));
  });
});
