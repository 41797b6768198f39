import { resolve } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import type { ConsoleContract } from '../../src-shared/contract/console.ts';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { areSameFilters, type Filters, filtersSet } from '../../src-shared/model/filters.ts';
import { type Gentle, isGentle, isSameGentle } from '../../src-shared/model/gentle.ts';
import { failed, ok, type Problem, type Result } from '../../src-shared/model/problem.ts';
import { isEnded } from '../../src-shared/model/run.ts';
import type { TaskRules, TaskSettings } from '../../src-shared/model/settings.ts';
import type { Task } from '../../src-shared/model/task.ts';
import { placeKey } from '../../src-shared/rules/place-key.ts';
import { sameSource } from '../../src-shared/rules/source-spelling.ts';
import type { SharedConsole } from '../console/console.ts';

/** The machine as a screen sees it, and so does the command line. */
export type ConsoleClient = ContractRouterClient<ConsoleContract>;

/** What a person wants copied. */
export interface CopyWish {
  readonly source: string;
  readonly destination: string;
  readonly dryRun: boolean;
  /** Whose rights a dry run reads as well; `off` if not said. */
  readonly permissions?: TaskSettings['permissions'] | undefined;
  readonly name?: string | undefined;
  /** A repair plan, as CSV. */
  readonly renames?: string | undefined;
  /** A list of people, as CSV. */
  readonly people?: string | undefined;
  /** In place of those that the task has; undefined leaves those. */
  readonly filters?: Filters | undefined;
  /** How gently the source is read, in place of what the task has; undefined leaves that. */
  readonly gentle?: Gentle | undefined;
  /** In place of those that the task has; what is not named stays. */
  readonly rules?: TaskRules | undefined;
}

/** What happens while it is copied. */
export interface CopyWatcher {
  /** So many names of the repair plan are kept with the task. */
  named?(names: number): void;
  /** So many persons of the list are kept with the task. */
  introduced?(people: number): void;
  /** These filters hold. */
  filtered?(filters: Filters): void;
  /** The source is read so gently, or no longer gently. */
  spared?(gentle: Gentle): void;
  /** The task is there; its run begins when this has resolved, unless one is under way already. */
  found(task: Task): Promise<void>;
  /** A run is under way. */
  started(task: Task): void;
  /** About once a second. */
  row(row: TaskRow): void;
}

/**
 * Finds the task of this source and destination, also among those that are put away, or makes it, starts a run unless one is under way, and watches it
 * until it has ended. A run that a killed process left behind goes on by itself and is watched.
 * @returns the row of the run that ended
 */
export async function runTask(
  client: SharedConsole,
  wish: CopyWish,
  watcher: CopyWatcher,
): Promise<Result<TaskRow>> {
  const found = await findOrCreate(client, wish);
  if (!found.ok) return found;
  const task = found.value;
  await watcher.found(task);
  if (wish.filters !== undefined && !areSameFilters(wish.filters, task.settings.filters)) {
    const set = await client.tasks.setFilters({ task: task.id, filters: wish.filters });
    if (!set.ok) return failedWith(set.problem);
  }
  const filters = wish.filters ?? task.settings.filters;
  if (filtersSet(filters).length > 0) watcher.filtered?.(filters);
  const gentle = wish.gentle ?? task.settings.gentle;
  if (!isSameGentle(gentle, task.settings.gentle)) {
    const set = await client.tasks.setGentle({ task: task.id, gentle });
    if (!set.ok) return failedWith(set.problem);
  }
  if (isGentle(gentle) || isGentle(task.settings.gentle)) watcher.spared?.(gentle);
  if (wish.rules !== undefined) {
    const set = await client.tasks.setRules({ task: task.id, rules: wish.rules });
    if (!set.ok) return failedWith(set.problem);
  }
  if (wish.renames !== undefined) {
    const given = await client.tasks.giveNames({ task: task.id, csv: wish.renames });
    if (!given.ok) return failedWith(given.problem);
    watcher.named?.(given.value.names);
  }
  if (wish.people !== undefined) {
    const given = await client.tasks.givePeople({ task: task.id, csv: wish.people });
    if (!given.ok) return failedWith(given.problem);
    watcher.introduced?.(given.value.people);
  }
  const under = await underWay(client, task.id);
  if (!under.ok) return under;
  watcher.started(task);
  return watchToEnd(client, task.id, (row) => watcher.row(row));
}

async function findOrCreate(client: SharedConsole, wish: CopyWish): Promise<Result<Task>> {
  const source = resolve(wish.source);
  const known =
    (await find(client, { ...wish, source }, 'present')) ??
    (await find(client, { ...wish, source }, 'archived'));
  if (known !== undefined) return ok(known);
  const made = await client.tasks.create({
    source,
    destination: wish.destination,
    settings: {
      dryRun: wish.dryRun,
      permissions: wish.permissions ?? 'off',
      ...(wish.filters === undefined ? {} : { filters: wish.filters }),
      ...(wish.gentle === undefined ? {} : { gentle: wish.gentle }),
    },
    ...(wish.name === undefined ? {} : { name: wish.name }),
  });
  return made.ok ? ok(made.value) : failedWith(made.problem);
}

async function find(
  client: SharedConsole,
  wish: CopyWish,
  shelf: 'present' | 'archived',
): Promise<Task | undefined> {
  let cursor: string | undefined;
  do {
    const page = await client.tasks.list({ limit: 200, shelf, ...(cursor === undefined ? {} : { cursor }) });
    const same = page.tasks.find(
      ({ task }) =>
        sameSource(task.source, wish.source) &&
        placeKey(task.destination) === placeKey(wish.destination) &&
        task.settings.dryRun === wish.dryRun &&
        task.settings.permissions === (wish.permissions ?? 'off'),
    );
    if (same) return same.task;
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}

/** Sees to it that a run of the task is going on. One that was being stopped when its process ended is let come to its end first. */
async function underWay(client: SharedConsole, task: string): Promise<Result<void>> {
  const row = await client.tasks.get({ task });
  if (!row.ok) return failedWith(row.problem);
  const before = row.value.state === 'stopping' ? await watchToEnd(client, task, () => undefined) : row;
  if (!before.ok) return failedWith(before.problem);
  const { state } = before.value;
  const order = state === 'paused' ? 'resume' : state === 'ready' || isEnded(state) ? 'start' : undefined;
  if (order === undefined) return ok(undefined);
  const done = await client.tasks.order({ task, order });
  return done.ok ? ok(undefined) : failedWith(done.problem);
}

async function watchToEnd(
  client: SharedConsole,
  task: string,
  seen: (row: TaskRow) => void,
): Promise<Result<TaskRow>> {
  for await (const result of await client.tasks.watch({ task })) {
    if (!result.ok) return failedWith(result.problem);
    seen(result.value);
    if (result.value.state !== 'ready' && isEnded(result.value.state)) return ok(result.value);
  }
  return failed('unexpected', { detail: 'the machine closed while the run was going on' });
}

/** The parsed answers say the same with a wider type of `code` than the catalogue has; it was checked when parsed. */
function failedWith(problem: Problem): Result<never> {
  return { ok: false, problem };
}
