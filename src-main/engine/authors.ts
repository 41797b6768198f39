import { type Code, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { peopleKey, personFor } from '../../src-shared/rules/people.ts';
import type { Attributed } from '../destination/destination.ts';
import type { AuthorlessCopy, AuthorVerdict } from '../store/journal.ts';
import { askEach } from './ask.ts';
import { clampTime } from './times.ts';
import type { Slot } from './waits.ts';
import type { Work } from './work.ts';

const AT_ONCE = 400;
/** Groups of files whose owners are read, or that are on their way, side by side. */
const SIDE_BY_SIDE = 8;

/** After these it makes no sense to ask again for the same copy. */
const final: ReadonlySet<Code> = new Set<Code>(['edited-at-destination', 'copy-missing']);

/**
 * Says at the destination who made the files that were copied: their owner at the source, by the person that the task's list has for it.
 * Where nobody is found or it is not taken, the account that migrates stays, and the file has a finding; it is copied all the same.
 * Why so: docs/decisions/0028-authors-and-editors.md.
 * @returns false when the unit ends
 */
export async function setAuthors(work: Work, slot: Slot): Promise<boolean> {
  const { journal, task, people } = work.job;
  if (!task.settings.authors) return true;
  await slot.during('journal', () => journal.gatherAuthorless(peopleKey(people)));
  const slots = [slot, ...Array.from({ length: SIDE_BY_SIDE - 1 }, () => work.waits.slot())];
  const stage: Stage = { work, slots, unknown: new Map() };
  while (!work.control.ending) {
    const copies = await slot.during('journal', () => journal.takeAuthorless(AT_ONCE));
    if (copies.length === 0) return true;
    if (!(await setSome(stage, copies))) return false;
  }
  return false;
}

interface Stage {
  readonly work: Work;
  readonly slots: readonly Slot[];
  /** Why, by persons whom the destination does not know: they are not asked for again and again. */
  readonly unknown: Map<string, string | undefined>;
}

/** A copy with the person whom it is to name. */
interface Named {
  readonly copy: AuthorlessCopy;
  readonly person: string;
}

async function setSome(stage: Stage, copies: readonly AuthorlessCopy[]): Promise<boolean> {
  const { work, slots } = stage;
  const { openAtOnce } = work.job.destination;
  const groups: (readonly AuthorlessCopy[])[] = [];
  for (let at = 0; at < copies.length; at += openAtOnce) groups.push(copies.slice(at, at + openAtOnce));
  const lane = async (slot: Slot): Promise<void> => {
    for (let group = groups.pop(); group && !work.control.ending; group = groups.pop()) {
      const answers = await namePeople(stage, slot, group);
      if (!answers) return;
      const verdicts = answers.flatMap((answer) => ('person' in answer ? [] : [answer]));
      if (verdicts.length > 0) await slot.during('journal', () => work.job.journal.authorsSet(verdicts));
      const named = answers.flatMap((answer) => ('person' in answer ? [answer] : []));
      if (named.length > 0) await setGroup(stage, slot, named);
    }
  };
  await Promise.all(slots.map(lane));
  return !work.control.ending;
}

async function setGroup({ work, unknown }: Stage, slot: Slot, group: readonly Named[]): Promise<void> {
  const { journal, destination } = work.job;
  const files = group.map(({ copy: { id, name, tag, modified }, person }) => ({
    ...{ id, name, tag, person, modified: clampTime(modified) },
  }));
  const results = await askEach(work, slot, 'committing', files, (some, options) =>
    destination.setAuthors(some, options),
  );
  if (!results) return;
  const verdicts = group.map(({ copy, person }, i) => {
    const result = results[i] ?? failed('author-not-set');
    const refused = result.ok ? result.value.refused : undefined;
    if (refused?.code === 'person-unknown-at-destination') unknown.set(person, refused.detail);
    return verdictOn(copy, result);
  });
  await slot.during('journal', () => journal.authorsSet(verdicts));
}

function verdictOn({ item, tag }: AuthorlessCopy, result: Result<Attributed>): AuthorVerdict {
  const problem = result.ok ? result.value.refused : result.problem;
  const now = result.ok && result.value.item.tag !== tag ? { tag: result.value.item.tag } : {};
  if (problem === undefined) return { item, ...now };
  const again = final.has(problem.code) ? {} : ({ again: 'nextRun' } as const);
  return { item, ...now, ...again, finding: findingOf(problem) };
}

/** What the destination says of its own is one finding, with the reason; what it says of the person is another. */
function findingOf({ code, detail }: { readonly code: Code; readonly detail?: string | undefined }) {
  const own: readonly Code[] = ['authors-not-permitted', 'person-unknown-at-destination', 'author-not-set'];
  if (own.includes(code)) return { code, detail };
  return { code: 'author-not-set', detail: [lookUp(code).title, detail].filter(Boolean).join(': ') } as const;
}

/** Owners and the people behind them, one answer for each copy; a verdict where there is nobody. Undefined: the unit ends. */
async function namePeople(
  stage: Stage,
  slot: Slot,
  copies: readonly AuthorlessCopy[],
): Promise<readonly (Named | AuthorVerdict)[] | undefined> {
  const answers: (Named | AuthorVerdict)[] = [];
  for (const copy of copies) {
    const owner = await ownerOf(stage.work, slot, copy);
    if (!owner || stage.work.control.ending) return undefined;
    answers.push(namePerson(stage, copy, owner));
  }
  return answers;
}

function namePerson(
  { work, unknown }: Stage,
  copy: AuthorlessCopy,
  owner: Result<readonly string[]>,
): Named | AuthorVerdict {
  const { item } = copy;
  if (!owner.ok) {
    const { code, detail } = owner.problem;
    return { item, again: 'nextRun', finding: { code, detail } };
  }
  const person = personFor(work.job.people, owner.value);
  if (person === undefined) {
    return {
      item,
      again: 'otherPeople',
      finding: { code: 'owner-not-mapped', detail: owner.value.join(', ') },
    };
  }
  if (!unknown.has(person)) return { copy, person };
  const finding = { code: 'person-unknown-at-destination', detail: unknown.get(person) } as const;
  return { item, again: 'nextRun', finding };
}

/** Code owner-unreadable. Undefined: the unit ends. */
async function ownerOf(
  work: Work,
  slot: Slot,
  { path }: AuthorlessCopy,
): Promise<Result<readonly string[]> | undefined> {
  const source = work.sourceFor(slot);
  for (let outages = work.sourceCheck.outages; ; outages = work.sourceCheck.outages) {
    if (!(await work.control.mayGoOn(slot))) return undefined;
    const owner = source.owner?.bind(source);
    if (!owner) return failed('owner-unreadable', { detail: 'this system tells no owners' });
    const asked = await slot.during('reading', () => owner(path));
    if (asked.ok) return ok(asked.value);
    const verdict = await work.sourceCheck.look(asked.problem, outages, slot);
    if (verdict === 'ends') return undefined;
    if (verdict === 'again') continue;
    const { code, detail } = asked.problem;
    return failed('owner-unreadable', { detail: [lookUp(code).title, detail].filter(Boolean).join(': ') });
  }
}
