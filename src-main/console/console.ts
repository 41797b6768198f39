import type { ContractRouterClient } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { consoleContract, type SharedConsoleContract } from '../../src-shared/contract/console.ts';
import type { About } from '../../src-shared/contract/console-types.ts';
import { failed, type Result } from '../../src-shared/model/problem.ts';
import type { FleetDesk } from '../fleet/role/fleet-desk.ts';
import type { SignInDesk } from '../tenant/desk/sign-in-desk.ts';
import { foreseen } from './foreseen.ts';
import { keepWatching } from './keep-watching.ts';
import { type WatchClock, watch } from './watch.ts';

export type SharedConsole = ContractRouterClient<SharedConsoleContract>;

export interface ConsoleDeps {
  about(): Promise<About>;
  /** Keeps that the first screens were seen. */
  welcome(): Promise<About>;
  readonly desk: Pick<
    FleetDesk,
    | 'state'
    | 'machines'
    | 'move'
    | 'promote'
    | 'demote'
    | 'invite'
    | 'accept'
    | 'revoke'
    | 'join'
    | 'leave'
    | 'rekey'
  >;
  /** Who is signed in on this machine: never asked of another one. */
  readonly signIn: Pick<SignInDesk, 'view' | 'begin' | 'cancel' | 'standing' | 'signOut'>;
  /** The coordinator's console: of this process, or of the machine that was joined; undefined while that cannot be reached. */
  shared(): SharedConsole | undefined;
  readonly clock: WatchClock;
  /** Aborted when the machine closes: subscriptions end by themselves. */
  readonly closing: AbortSignal;
}

/**
 * Answers the whole of contract/console.ts. What concerns this machine is answered here, everything else by the coordinator that it
 * works for, wherever that is. Hosts attach it to a MessagePort or a WebSocket; tests call it directly.
 */
export function createConsoleRouter(deps: ConsoleDeps) {
  const { desk, signIn, clock, closing } = deps;
  const os = implement(consoleContract);

  /** A result from the coordinator; that it cannot be reached is one as well. */
  const ask = async <T>(call: (shared: SharedConsole) => Promise<Result<T>>): Promise<Result<T>> => {
    const shared = deps.shared();
    if (shared === undefined) return failed('coordinator-away');
    try {
      return await call(shared);
    } catch (error) {
      // It went away in the middle. What it said itself, a mistake of the program too, stays what it is.
      if (deps.shared() === shared) throw error;
      return failed('coordinator-away');
    }
  };
  /** A plain answer, for procedures that cannot fail where there is a coordinator. */
  const there = (): SharedConsole => {
    const shared = deps.shared();
    if (shared === undefined) throw new ORPCError('SERVICE_UNAVAILABLE', { message: AWAY });
    return shared;
  };
  const follow = <T>(
    open: (shared: SharedConsole, signal: AbortSignal) => Promise<AsyncIterable<T>>,
    signal: AbortSignal | undefined,
  ) => keepWatching(() => deps.shared(), open, clock, [signal, closing]);

  return os.router({
    machine: {
      about: os.machine.about.handler(() => deps.about()),
      welcome: os.machine.welcome.handler(() => deps.welcome()),
    },
    fleet: {
      state: os.fleet.state.handler(() => desk.state()),
      machines: os.fleet.machines.handler(() => desk.machines()),
      promote: os.fleet.promote.handler(({ input }) => foreseen(() => desk.promote(input))),
      demote: os.fleet.demote.handler(({ input }) => foreseen(() => desk.demote(input.force))),
      move: os.fleet.move.handler(({ input }) => foreseen(() => desk.move(input.machine, input.listen))),
      invite: os.fleet.invite.handler(({ input }) =>
        foreseen(() => desk.invite(input.minutes, input.accept)),
      ),
      accept: os.fleet.accept.handler(({ input }) => foreseen(() => desk.accept(input.machine))),
      revoke: os.fleet.revoke.handler(({ input }) => foreseen(() => desk.revoke(input.machine))),
      join: os.fleet.join.handler(({ input }) => foreseen(() => desk.join(input.invitation))),
      leave: os.fleet.leave.handler(() => foreseen(() => desk.leave())),
      rekey: os.fleet.rekey.handler(() => foreseen(() => desk.rekey())),
    },
    signIn: {
      state: os.signIn.state.handler(() => signIn.view()),
      watch: os.signIn.watch.handler(({ signal }) => watch(() => signIn.view(), clock, [signal, closing])),
      begin: os.signIn.begin.handler(({ input }) => foreseen(() => signIn.begin(input))),
      cancel: os.signIn.cancel.handler(() => signIn.cancel()),
      standing: os.signIn.standing.handler(() => foreseen(() => signIn.standing())),
      signOut: os.signIn.signOut.handler(() => foreseen(() => signIn.signOut())),
    },
    overview: {
      watch: os.overview.watch.handler(({ signal }) =>
        follow((shared, ends) => shared.overview.watch(undefined, { signal: ends }), signal),
      ),
      series: os.overview.series.handler(({ signal }) => there().overview.series(undefined, options(signal))),
    },
    tasks: {
      list: os.tasks.list.handler(({ input, signal }) => there().tasks.list(input, options(signal))),
      get: os.tasks.get.handler(({ input }) => ask((shared) => shared.tasks.get(input))),
      watch: os.tasks.watch.handler(({ input, signal }) =>
        follow((shared, ends) => shared.tasks.watch(input, { signal: ends }), signal),
      ),
      runs: os.tasks.runs.handler(({ input, signal }) => there().tasks.runs(input, options(signal))),
      pace: os.tasks.pace.handler(({ input, signal }) => there().tasks.pace(input, options(signal))),
      check: os.tasks.check.handler(({ input }) => ask((shared) => shared.tasks.check(input))),
      create: os.tasks.create.handler(({ input }) => ask((shared) => shared.tasks.create(input))),
      setFilters: os.tasks.setFilters.handler(({ input }) => ask((shared) => shared.tasks.setFilters(input))),
      setGentle: os.tasks.setGentle.handler(({ input }) => ask((shared) => shared.tasks.setGentle(input))),
      setRules: os.tasks.setRules.handler(({ input }) => ask((shared) => shared.tasks.setRules(input))),
      givePeople: os.tasks.givePeople.handler(({ input }) => ask((shared) => shared.tasks.givePeople(input))),
      people: os.tasks.people.handler(({ input }) => ask((shared) => shared.tasks.people(input))),
      giveNames: os.tasks.giveNames.handler(({ input }) => ask((shared) => shared.tasks.giveNames(input))),
      plan: os.tasks.plan.handler(({ input }) => ask((shared) => shared.tasks.plan(input))),
      setPlan: os.tasks.setPlan.handler(({ input }) => ask((shared) => shared.tasks.setPlan(input))),
      order: os.tasks.order.handler(({ input }) => ask((shared) => shared.tasks.order(input))),
    },
    machines: {
      watch: os.machines.watch.handler(({ signal }) =>
        follow((shared, ends) => shared.machines.watch(undefined, { signal: ends }), signal),
      ),
      setRules: os.machines.setRules.handler(({ input }) => ask((shared) => shared.machines.setRules(input))),
      setBandwidth: os.machines.setBandwidth.handler(({ input }) =>
        ask((shared) => shared.machines.setBandwidth(input)),
      ),
    },
    items: { page: os.items.page.handler(({ input }) => ask((shared) => shared.items.page(input))) },
    assessments: {
      start: os.assessments.start.handler(({ input }) => ask((shared) => shared.assessments.start(input))),
      list: os.assessments.list.handler(({ input, signal }) =>
        there().assessments.list(input, options(signal)),
      ),
      watch: os.assessments.watch.handler(({ input, signal }) =>
        follow((shared, ends) => shared.assessments.watch(input, { signal: ends }), signal),
      ),
      renames: os.assessments.renames.handler(({ input }) =>
        ask((shared) => shared.assessments.renames(input)),
      ),
      rename: os.assessments.rename.handler(({ input }) => ask((shared) => shared.assessments.rename(input))),
      renamesCsv: os.assessments.renamesCsv.handler(({ input }) =>
        ask((shared) => shared.assessments.renamesCsv(input)),
      ),
    },
    events: {
      page: os.events.page.handler(({ input, signal }) => there().events.page(input, options(signal))),
    },
    reports: { write: os.reports.write.handler(({ input }) => ask((shared) => shared.reports.write(input))) },
  });
}

const AWAY = 'The coordinator cannot be reached.';

function options(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

export type ConsoleRouter = ReturnType<typeof createConsoleRouter>;
