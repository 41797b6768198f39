import { isDeepStrictEqual } from 'node:util';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import { areSameFilters, type Filters } from '../../../src-shared/model/filters.ts';
import { type Gentle, isSameGentle } from '../../../src-shared/model/gentle.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { isEnded, nextRunState, type RunEvent } from '../../../src-shared/model/run.ts';
import { type TaskRules, type TaskSettings, taskSettingsSchema } from '../../../src-shared/model/settings.ts';
import type { Run, Task } from '../../../src-shared/model/task.ts';
import type { Book } from './book.ts';
import { endedFacts } from './event-facts.ts';
import type { Ledger, TaskEntry } from './ledger.ts';
import { freshUnit } from './offer-desk.ts';
import type { RunEnds } from './run-ends.ts';
import { newRunEntry, type RunEntry } from './run-entry.ts';

/** What a person can ask of a task. */
export type TaskOrder = RunOrder | 'archive' | 'restore';

/** What can be asked of its runs. */
export type RunOrder = 'start' | 'pause' | 'resume' | 'finish' | 'stop';

/** What a person says about a new task. Source and destination are checked by whoever calls. */
export interface NewTask {
  readonly name: string;
  readonly source: string;
  readonly destination: string;
  readonly settings: TaskSettings;
}

/** Takes the orders of people: new tasks, and what is to happen to their runs. */
export class OrderDesk {
  readonly #ledger: Ledger;
  readonly #book: Book;
  readonly #now: () => number;
  readonly #newId: () => string;
  readonly #ends: RunEnds;

  constructor(parts: { ledger: Ledger; book: Book; ends: RunEnds; now: () => number; newId: () => string }) {
    this.#ledger = parts.ledger;
    this.#book = parts.book;
    this.#now = parts.now;
    this.#newId = parts.newId;
    this.#ends = parts.ends;
  }

  async addTask(wish: NewTask): Promise<Task> {
    const task: Task = {
      id: this.#newId(),
      name: wish.name,
      source: wish.source,
      destination: wish.destination,
      settings: wish.settings,
      createdAt: this.#now(),
    };
    await this.#book.store.addTask(task);
    this.#ledger.addTask(task);
    const { name, source, destination } = task;
    const facts = { kind: 'task-created', name, source, destination } as const;
    await this.#book.tell({ actor: 'you', task: task.id, facts });
    return task;
  }

  /**
   * A task that is put away comes back when it is started.
   * Codes: not-found, wrong-state (the detail names the state).
   */
  async order(id: string, order: TaskOrder): Promise<Result<TaskEntry>> {
    const task = this.#ledger.tasks.get(id);
    if (task === undefined) return failed('not-found', { where: id });
    const entry = task.last;
    const lives = entry !== undefined && !isEnded(entry.run.state);
    if (order === 'archive' || order === 'restore') {
      if (lives) return wrong(task);
      await this.#putAway(task, order === 'archive');
      return ok(task);
    }
    if (order === 'start') {
      if (lives) return wrong(task);
      await this.#putAway(task, false);
      await this.#start(task);
    } else {
      if (entry === undefined) return wrong(task);
      const done =
        order === 'finish' || order === 'stop'
          ? await this.#end(entry, order)
          : await this.#turn(entry, order);
      if (!done) return wrong(task);
    }
    await this.#told(task, order);
    if (task.last?.run.state === 'stopping') {
      await this.#ends.stopFree(task.last);
      await this.#ends.settle(task.last);
    }
    return ok(task);
  }

  /** A pause is in force at once when nobody works on the run. */
  async #turn(entry: RunEntry, order: 'pause' | 'resume'): Promise<boolean> {
    if (!(await this.#book.advance(entry, order))) return false;
    for (const unit of entry.units.values()) unit.freeSince = this.#ledger.steady();
    await this.#ends.letGo(entry);
    return true;
  }

  /** Codes: not-found, wrong-state. */
  async setFilters(id: string, filters: Filters): Promise<Result<TaskEntry>> {
    const entry = this.#ledger.tasks.get(id);
    if (entry === undefined) return failed('not-found', { where: id });
    if (areSameFilters(filters, entry.task.settings.filters)) return ok(entry);
    return this.#setBetweenRuns(entry, { filters }, 'filters-changed');
  }

  /** Rules that are not named stay. Codes: not-found, wrong-state. */
  async setRules(id: string, rules: TaskRules): Promise<Result<TaskEntry>> {
    const entry = this.#ledger.tasks.get(id);
    if (entry === undefined) return failed('not-found', { where: id });
    const before = taskSettingsSchema.parse(entry.task.settings);
    const changed = said(rules);
    if (isDeepStrictEqual({ ...before, ...changed }, before)) return ok(entry);
    return this.#setBetweenRuns(entry, changed, 'rules-changed');
  }

  /**
   * A run that goes on has begun with the settings of that time: then no others are taken. The same ones are, so that a command
   * that was cut off can be called again as it was.
   */
  async #setBetweenRuns(
    entry: TaskEntry,
    changed: Partial<TaskSettings>,
    kind: 'filters-changed' | 'rules-changed',
  ): Promise<Result<TaskEntry>> {
    const { task, last } = entry;
    if (last !== undefined && !isEnded(last.run.state)) {
      const what = kind === 'filters-changed' ? 'filters' : 'rules';
      const detail = `a run is under way with the ${what} that it began with; others can be set when it has ended`;
      return failed('wrong-state', { where: task.name, detail });
    }
    await this.#set(entry, changed, kind);
    return ok(entry);
  }

  /** It changes no decision, only the pace, so a run that goes on follows: its agent hears of it with the next beat. Code: not-found. */
  async setGentle(id: string, gentle: Gentle): Promise<Result<TaskEntry>> {
    const entry = this.#ledger.tasks.get(id);
    if (entry === undefined) return failed('not-found', { where: id });
    if (!isSameGentle(gentle, entry.task.settings.gentle))
      await this.#set(entry, { gentle }, 'gentle-changed');
    return ok(entry);
  }

  async #set(
    entry: TaskEntry,
    changed: Partial<TaskSettings>,
    kind: 'filters-changed' | 'rules-changed' | 'gentle-changed',
  ): Promise<void> {
    const { task } = entry;
    const settings = { ...task.settings, ...changed };
    await this.#book.store.setSettings(task.id, settings);
    entry.task = { ...task, settings };
    await this.#book.tell({ actor: 'you', task: task.id, facts: { kind, name: task.name } });
  }

  /** Or brings it back. Nothing of it is deleted: its runs, results, journal and reports stay where they are. */
  async #putAway(task: TaskEntry, away: boolean): Promise<void> {
    if ((task.archivedAt !== null) === away) return;
    // What goes on on disk would go on in the archive after a restart.
    if (task.last !== undefined) await this.#book.catchUp(task.last);
    const at = away ? this.#now() : null;
    await this.#book.store.setArchived(task.task.id, at);
    this.#ledger.setArchived(task, at);
    await this.#book.tell({
      actor: 'you',
      task: task.task.id,
      facts: { kind: away ? 'task-archived' : 'task-restored', name: task.task.name },
    });
  }

  async #start(task: TaskEntry): Promise<void> {
    if (task.last !== undefined) await this.#book.catchUp(task.last);
    const run: Run = {
      id: this.#newId(),
      task: task.task.id,
      number: task.last === undefined ? 0 : task.last.run.number + 1,
      state: 'waiting',
      startedAt: this.#now(),
      endedAt: null,
      problem: null,
    };
    // Whoever had the whole share last has the journal of the task, which knows what was copied from what.
    const unit = { ...freshUnit(this.#newId(), run.id, ''), holder: await this.#home(task) };
    await this.#book.store.addRun(run, unit);
    const entry = newRunEntry(run);
    entry.fresh.push(unit);
    this.#ledger.setLast(task, entry);
  }

  async #home({ last }: TaskEntry): Promise<string | null> {
    if (last === undefined) return null;
    const [share] = await this.#book.store.units(last.run.id, { after: undefined, limit: 1 });
    return share?.holder ?? null;
  }

  /** How is written before what: a kill between the two must not turn a stop into a finish. */
  async #end(entry: RunEntry, how: 'finish' | 'stop'): Promise<boolean> {
    const { state } = entry.run;
    const harder = state === 'stopping' && how === 'stop' && entry.facts.stopHow === 'finish';
    const event: RunEvent = 'stop';
    const next = nextRunState(state, event);
    if (!harder && next === undefined) return false;
    await this.#book.saveFacts(entry, { ...entry.facts, stopHow: how });
    if (next === 'stopped') {
      await this.#ends.stopFree(entry);
      await this.#book.advance(entry, event, { code: 'stopped-by-you' });
    } else if (!harder) {
      await this.#book.advance(entry, event);
    }
    return true;
  }

  async #told(task: TaskEntry, order: RunOrder): Promise<void> {
    const entry = task.last;
    if (entry === undefined) return;
    const you = { actor: 'you', task: task.task.id };
    const { name } = task.task;
    const facts: EventFacts =
      order === 'start'
        ? { kind: 'run-started', name, run: entry.run.number }
        : { kind: 'run-ordered', name, order };
    await this.#book.tell({ ...you, facts });
    if (entry.run.state === 'stopped') await this.#book.tell({ ...you, facts: endedFacts(task.task, entry) });
  }
}

function wrong(task: TaskEntry): ReturnType<typeof failed> {
  return failed('wrong-state', { where: task.task.name, detail: task.last?.run.state ?? 'ready' });
}

/** Only what was named. */
function said(rules: TaskRules): Partial<TaskSettings> {
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
}
