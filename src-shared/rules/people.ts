/** Persons at the destination by what an owner at the source is called, in small letters: an account, a SID or a number. */
export type People = ReadonlyMap<string, string>;

/** A row of a list of people as a person gives it. */
export interface PeopleRow {
  /** Counted from 1, as a spreadsheet does. */
  readonly row: number;
  readonly source: string;
  readonly destination: string;
  /** Whether it is about a group; anything but `TRUE` is no. */
  readonly group: string;
}

/** What is wrong with a row. */
export interface PeopleFault {
  readonly row: number;
  readonly what: string;
}

/** A sign-in name, as far as it can be judged: `|` and quotes would make another claim of it. */
const SIGN_IN_NAME = /^[^\s@|"'\\,;]{1,64}@[^\s@|"'\\,;]{1,190}$/;

/**
 * Looks at a whole list, so that everything that is wrong can be said at once: each account once, each person by a sign-in name. Groups are
 * passed over: a list that was made for Migration Manager has them, and no file is written by one.
 */
export function checkPeople(rows: readonly PeopleRow[]): {
  readonly people: People;
  readonly faults: readonly PeopleFault[];
} {
  const people = new Map<string, string>();
  const faults: PeopleFault[] = [];
  for (const { row, source, destination, group } of rows) {
    if (group.trim().toUpperCase() === 'TRUE') continue;
    const [account, person] = [keyOf(source), destination.trim()];
    if (account === '') {
      faults.push({ row, what: 'no account of the source is named' });
      continue;
    }
    if (!SIGN_IN_NAME.test(person)) {
      faults.push({ row, what: `${JSON.stringify(person)} is no sign-in name such as alice@contoso.com` });
      continue;
    }
    const before = people.get(account);
    if (before !== undefined && before.toLowerCase() !== person.toLowerCase()) {
      faults.push({ row, what: `${source.trim()} was ${before} in an earlier row` });
    }
    people.set(account, person);
  }
  return { people, faults };
}

/** The person for an owner, by the first of its names that the list has. */
export function personFor(people: People, owner: readonly string[]): string | undefined {
  for (const name of owner) {
    const person = people.get(keyOf(name));
    if (person !== undefined) return person;
  }
  return undefined;
}

/** What a list is known by: the same for the same list, in whatever order. */
export function peopleKey(people: People): string {
  const lines = [...people].map(([account, person]) => `${account}\t${person.toLowerCase()}`).sort();
  // FNV-1a, twice with other beginnings: nobody is to be kept out by it, it tells one list from the next.
  const hash = (seed: number): string => {
    let value = seed;
    for (const line of lines) {
      for (let i = 0; i < line.length; i += 1) value = Math.imul(value ^ line.charCodeAt(i), 0x01000193);
      value = Math.imul(value ^ 10, 0x01000193);
    }
    return (value >>> 0).toString(16);
  };
  return `${lines.length}-${hash(0x811c9dc5)}-${hash(0x9e3779b9)}`;
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
