import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { openScreenFiles } from '../../src-main/host/screen-files.ts';
import { consoleContract } from '../../src-shared/contract/console.ts';
import type { About, FleetEvent, ItemRow, TaskRow } from '../../src-shared/contract/console-types.ts';
import type { ItemQuery } from '../../src-shared/contract/item-query.ts';
import { noPlan } from '../../src-shared/model/plan.ts';
import { failed, ok } from '../../src-shared/model/problem.ts';
import { taskSettingsSchema } from '../../src-shared/model/settings.ts';
import { noUsage } from '../../src-shared/model/usage.ts';
import { about, itemAt, NOW, overviewOf, readyTask, series } from './fixture.ts';
import { assessedItemAt } from './fixture-assessment.ts';
import { type AssessmentWorld, assessmentAnswers, noAssessmentWorld } from './stand-in-assessments.ts';
import { type FleetWorld, fleetAnswers, noFleetWorld } from './stand-in-fleet.ts';
import { type SignInWorld, signInAnswers, signInWorld } from './stand-in-sign-in.ts';

/** What the stand-in machine is like; tests change it while the page is open. */
export interface World extends FleetWorld, SignInWorld, AssessmentWorld {
  about: About;
  rows: TaskRow[];
  events: FleetEvent[];
  /** How many items the run has, made by {@link itemAt}. */
  items: number;
  /** A refusal for the next `create`. */
  refuse: { code: 'site-not-found'; where: string; detail: string } | null;
  /** Everything that was asked of it, by procedure, with the input. */
  readonly asked: { readonly what: string; readonly input: unknown }[];
}

export interface StandIn {
  readonly origin: string;
  readonly world: World;
  /** Sends the world anew to every page that watches. */
  tell(): void;
  /** Cuts all connections and refuses new ones until {@link restore}. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

function matches(item: ItemRow, filter: ItemQuery): boolean {
  return (
    (!filter.outcome || item.outcome === filter.outcome) &&
    (!filter.grade || item.grade === filter.grade) &&
    (!filter.kind || item.kind === filter.kind) &&
    (!filter.code || item.findings.some((finding) => finding.code === filter.code)) &&
    (!filter.text || item.path.toLowerCase().includes(filter.text.toLowerCase()))
  );
}

/** A page of items by keyset; scans what it must, as an index would not. */
function pageOf(
  at: (index: number) => ItemRow,
  total: number,
  filter: ItemQuery,
  cursor: string | undefined,
  limit: number,
) {
  const items: ItemRow[] = [];
  let index = Number(cursor ?? 0);
  for (; index < total && items.length < limit; index += 1) {
    const item = at(index);
    if (matches(item, filter)) items.push(item);
  }
  const filtered = Object.keys(filter).length > 0;
  return { items, cursor: index < total ? String(index) : null, total: filtered ? null : total };
}

function routerOf(world: World, told: EventTarget) {
  const os = implement(consoleContract);
  const note = (what: string, input: unknown) => world.asked.push({ what, input });
  async function* each<T>(make: () => T, signal: AbortSignal | undefined): AsyncGenerator<T, void> {
    while (!signal?.aborted) {
      yield make();
      const waiting = new AbortController();
      await new Promise<void>((resolve) => {
        const once = { once: true, signal: waiting.signal };
        told.addEventListener('told', () => resolve(), once);
        signal?.addEventListener('abort', () => resolve(), once);
      });
      waiting.abort();
    }
  }
  const rowOf = (id: string) => {
    const row = world.rows.find(({ task }) => task.id === id);
    return row ? ok(row) : failed('not-found', { where: id });
  };
  return os.router({
    machine: {
      about: os.machine.about.handler(() => world.about),
      welcome: os.machine.welcome.handler(() => {
        note('welcome', null);
        world.about = { ...world.about, welcomed: true };
        return world.about;
      }),
    },
    ...fleetAnswers({ world, note, each, tell: () => told.dispatchEvent(new Event('told')) }),
    signIn: signInAnswers({ world, note, each }),
    overview: {
      watch: os.overview.watch.handler(({ signal }) => each(() => overviewOf(world.rows, NOW), signal)),
      series: os.overview.series.handler(() => (world.rows.some(({ run }) => run) ? [...series] : [])),
    },
    tasks: {
      list: os.tasks.list.handler(({ input }) => {
        const from = Number(input.cursor ?? 0);
        const rows = world.rows.filter(
          ({ archivedAt }) => input.shelf === 'all' || (archivedAt === null) === (input.shelf === 'present'),
        );
        const tasks = rows.slice(from, from + input.limit);
        return { tasks, cursor: from + input.limit < rows.length ? String(from + input.limit) : null };
      }),
      get: os.tasks.get.handler(({ input }) => rowOf(input.task)),
      watch: os.tasks.watch.handler(({ input, signal }) => each(() => rowOf(input.task), signal)),
      runs: os.tasks.runs.handler(({ input }) =>
        world.rows.flatMap(({ task, run, counts }) =>
          task.id === input.task && run ? [{ run, counts, usage: noUsage }] : [],
        ),
      ),
      pace: os.tasks.pace.handler(() => []),
      check: os.tasks.check.handler(({ input }) => {
        if (world.refuse) return { ok: false as const, problem: world.refuse };
        const { source, destination } = input;
        return { ok: true as const, value: { source, name: input.name ?? source, place: destination } };
      }),
      create: os.tasks.create.handler(({ input }) => {
        note('create', input);
        if (world.refuse) return { ok: false as const, problem: world.refuse };
        const { source, destination } = input;
        const settings = taskSettingsSchema.parse(input.settings ?? {});
        const task = {
          id: `task-new-${world.rows.length}`,
          name: input.name ?? source,
          source,
          destination,
          settings,
          createdAt: NOW,
        };
        world.rows = [...world.rows, { ...readyTask, task }];
        return ok(task);
      }),
      setFilters: os.tasks.setFilters.handler(({ input }) => {
        note('setFilters', input);
        return rowOf(input.task);
      }),
      setGentle: os.tasks.setGentle.handler(({ input }) => {
        note('setGentle', input);
        world.rows = world.rows.map((row) => {
          if (row.task.id !== input.task) return row;
          const settings = { ...row.task.settings, gentle: input.gentle };
          return { ...row, task: { ...row.task, settings } };
        });
        told.dispatchEvent(new Event('told'));
        return rowOf(input.task);
      }),
      setRules: os.tasks.setRules.handler(({ input }) => {
        note('setRules', input);
        return rowOf(input.task);
      }),
      giveNames: os.tasks.giveNames.handler(({ input }) => {
        note('giveNames', input);
        return ok({ names: 0 });
      }),
      givePeople: os.tasks.givePeople.handler(({ input }) => {
        note('givePeople', input);
        return ok({ people: 0 });
      }),
      people: os.tasks.people.handler(() => ok([])),
      plan: os.tasks.plan.handler(() => ok(noPlan)),
      setPlan: os.tasks.setPlan.handler(({ input }) => {
        note('setPlan', input);
        return rowOf(input.task);
      }),
      order: os.tasks.order.handler(({ input }) => {
        note('order', input);
        const at = { archive: NOW, restore: null, start: null } as const;
        const next = {
          start: 'waiting',
          pause: 'pausing',
          resume: 'waiting',
          finish: 'stopping',
          stop: 'stopped',
        } as const;
        const { order } = input;
        world.rows = world.rows.map((row) => {
          if (row.task.id !== input.task) return row;
          const archivedAt = order in at ? at[order as keyof typeof at] : row.archivedAt;
          const state = order in next ? next[order as keyof typeof next] : row.state;
          return { ...row, archivedAt, state };
        });
        told.dispatchEvent(new Event('told'));
        return rowOf(input.task);
      }),
    },
    items: {
      page: os.items.page.handler(({ input }) => {
        note('items', input);
        const at = input.run === 'run-assessed' ? assessedItemAt : itemAt;
        return ok(pageOf(at, world.items, input.filter, input.cursor, input.limit));
      }),
    },
    ...assessmentAnswers(world, note),
    events: {
      page: os.events.page.handler(({ input }) =>
        world.events
          .filter(
            ({ id, task }) =>
              id < (input.before ?? Number.POSITIVE_INFINITY) && (!input.task || task === input.task),
          )
          .slice(0, input.limit),
      ),
    },
    reports: {
      write: os.reports.write.handler(({ input }) =>
        ok({ folder: `C:\\Reports\\${input.run}`, files: ['summary.html', 'summary.json', 'items.csv'] }),
      ),
    },
  });
}

/**
 * A machine that is none: it answers the whole console contract from a fixture over a real WebSocket, and serves the
 * built screen with the headers of the real host. What it cannot prove is that the real machine answers alike.
 */
export async function openStandIn(folder: string): Promise<StandIn> {
  const world: World = {
    ...{ about, rows: [], events: [], items: 0, refuse: null, asked: [] },
    ...noFleetWorld(),
    ...signInWorld(),
    ...noAssessmentWorld(),
  };
  const told = new EventTarget();
  const files = openScreenFiles(folder, () => randomBytes(16).toString('base64'));
  const handler = new RPCHandler(routerOf(world, told));
  const sockets = new WebSocketServer({ noServer: true });
  let refusing = false;
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    files.answer(path).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.on('upgrade', (request, socket, head) => {
    if (refusing) socket.destroy();
    else sockets.handleUpgrade(request, socket, head, (opened: WebSocket) => void handler.upgrade(opened));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const cutAll = () => {
    for (const socket of sockets.clients) socket.terminate();
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    world,
    tell: () => told.dispatchEvent(new Event('told')),
    cut() {
      refusing = true;
      cutAll();
    },
    restore() {
      refusing = false;
    },
    async close() {
      cutAll();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
