import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { Ring } from '../src-shared/contract/budget.ts';
import type { About } from '../src-shared/contract/console-types.ts';
import type { Cloud } from '../src-shared/model/cloud.ts';
import { failed, ok, type Problem, ProblemError, type Result } from '../src-shared/model/problem.ts';
import { isWhole } from '../src-shared/model/scope.ts';
import type { Task } from '../src-shared/model/task.ts';
import { NO_DESTINATION } from '../src-shared/rules/destination-address.ts';
import { createSerial } from './basics/serial.ts';
import { sleep } from './basics/sleep.ts';
import { type ConsoleRouter, createConsoleRouter, type SharedConsole } from './console/console.ts';
import { consoleOver, serveConsoleOver } from './console/console-over-wire.ts';
import { createSharedConsole } from './console/shared-console.ts';
import type { Destination, DestinationRoot } from './destination/destination.ts';
import { destinationBelow } from './destination/destination-below.ts';
import { openGraphDestination } from './destination/graph/graph-destination.ts';
import { SignInBudgets } from './destination/graph/sign-in-budgets.ts';
import { ASSUMED_ROOT, openNowhere } from './destination/nowhere/nowhere.ts';
import { type RecordedCall, recording } from './destination/recording.ts';
import { MachineLimits } from './engine/concurrency/machine-limits.ts';
import { startUnit } from './engine/engine.ts';
import { Agent } from './fleet/agent/agent.ts';
import { createAlarm } from './fleet/agent/alarm.ts';
import { runBeats } from './fleet/agent/beat-loop.ts';
import { LeasedBudget } from './fleet/agent/leased-budget.ts';
import type { UnitOpeners } from './fleet/agent/openers.ts';
import { checkTask, type TaskWish } from './fleet/coordinator/check-task.ts';
import { type Coordinator, openCoordinator } from './fleet/coordinator/coordinator.ts';
import { Seat } from './fleet/coordinator/seat.ts';
import { givePeople, peopleOf } from './fleet/give-people.ts';
import { parseProblem } from './fleet/parse-problem.ts';
import { FleetDesk } from './fleet/role/fleet-desk.ts';
import type { ConsoleChannel } from './fleet/wire/channel.ts';
import { AssessmentDesk } from './report/assessment/desk/assessment-desk.ts';
import type { Signer } from './report/manifest/write-manifest.ts';
import { giveName, giveNames } from './report/renames/give-names.ts';
import { planCsv, planPage } from './report/renames/plan-pages.ts';
import { takeNames } from './report/renames/take-names.ts';
import { type ReportRoom, reportOfRun, type WrittenReport } from './report/run-report.ts';
import {
  type Verified,
  type VerifyOrder,
  type VerifyRoom,
  verifyTask,
} from './report/verification/verify-task.ts';
import type { SourceCredentials } from './source/credentials.ts';
import { sparing } from './source/gentle/sparing.ts';
import { openSource } from './source/open-source.ts';
import type { FleetStore } from './store/fleet-store.ts';
import { readPairs } from './store/kept-pairs.ts';
import { keyFile } from './store/key-file.ts';
import { type MachineStores, openMachineStores } from './store/machine-stores.ts';
import { openJournal } from './store/open-journal.ts';
import { openRunResults } from './store/open-run-results.ts';
import { sealedFile } from './store/sealed-file.ts';
import type { KeyKeeper } from './store/secrets.ts';
import { openSigningKey } from './store/signing-key.ts';
import { dropUnitJournal, sweepUnitJournals } from './store/unit-journals.ts';
import { SignInDesk } from './tenant/desk/sign-in-desk.ts';
import { signInByCertificate } from './tenant/sign-in.ts';

/** How the machine signs in as an application. */
export interface MachineSignIn {
  /** Tenant id or one of its domain names. */
  readonly tenant: string;
  readonly clientId: string;
  /** PEM text with private key and certificate. */
  readonly certificatePem: string;
}

export interface MachineOptions {
  /** Is made when it is missing; one machine at a time. */
  readonly dataFolder: string;
  readonly cloud: Cloud;
  /** Goes before whoever has signed in on the machine; undefined: that counts, and until somebody has, tasks can be looked at and not be run. */
  readonly signIn: MachineSignIn | undefined;
  /** Other accounts for shares, from whoever starts the machine; kept in memory alone. */
  readonly credentialsFor?: ((source: string) => SourceCredentials | undefined) | undefined;
  /** Who keeps the key of the secrets; a file of mode 0600 in the data folder when absent. */
  readonly keys?: KeyKeeper | undefined;
  /** Called with every call to a destination that has ended; nothing is recorded when absent. */
  readonly record?: ((call: RecordedCall) => void) | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 <= x < 1 */
  readonly random: () => number;
  readonly version: string;
  /** The machine's name, for people. */
  readonly machineName: string;
  /** How long somebody who is to sign in is waited for, in milliseconds; a quarter of an hour when absent. */
  readonly signInPatience?: number | undefined;
  /** A mistake of the program in the background work; the work goes on. */
  readonly onBug: (error: unknown) => void;
}

/** One installation of Convoy: a coordinator, an agent that talks to it in-process, and the console over both. */
export interface Machine {
  /** Answers contract/console.ts; hosts attach it to their doors. */
  readonly console: ConsoleRouter;
  readonly coordinator: Coordinator;
  /** The place of this machine in a fleet. */
  readonly desk: FleetDesk;
  /** Who is signed in on it. */
  readonly signIn: SignInDesk;
  /** What happened to the stores when they were opened: a backup restored, a file kept aside. Grows as files are opened. */
  readonly notices: readonly Problem[];
  /** Where a task leads, as the service named it when the task was made: site, library, folder. Undefined without a destination. */
  placeOf(task: Task): Promise<string | undefined>;
  /** Writes the report of a run; `wish.tell` hears how far it is. */
  report(run: string, wish?: ReportWish): Promise<Result<WrittenReport>>;
  /** Looks again at what the last run of a task copied; see {@link verifyTask}. One at a time. */
  verify(order: VerifyOrder): Promise<Result<Verified>>;
  /** Begins to work. Runs that were going on when the machine last ended go on by themselves. */
  start(): void;
  /** Comes to a safe point, tells what is left to tell, and closes the stores. Running units go on at the next start. May be called twice. */
  close(): Promise<void>;
}

/** What a report is to have besides, and who hears how far it is. */
export type ReportWish = Pick<ReportRoom, 'tell' | 'duplicates'>;

/** The setting that there is once the first screens were seen. */
const WELCOMED = 'welcomed';

/** Units that a machine works on at the same time, unless the setting `units-at-once` says otherwise. */
const UNITS_AT_ONCE = 1;

/**
 * Builds the parts and opens the stores; nothing is asked of the tenant yet. Codes: those of the stores (store-unusable,
 * store-in-use, store-newer, store-disk-full, store-corrupt). A sign-in that cannot be used is no failure here:
 * `about` tells it, and so does every order that needs it.
 */
export async function createMachine(options: MachineOptions): Promise<Result<Machine>> {
  const stores = await openMachineStores(options.dataFolder, options.now, options.keys);
  if (!stores.ok) return stores;
  try {
    return ok(await machineOver(options, stores.value));
  } catch (error) {
    await stores.value.close();
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

async function machineOver(options: MachineOptions, stores: MachineStores): Promise<Machine> {
  const { now, random } = options;
  const steady = (): number => performance.now();
  const { folder, fleet: store } = stores;
  const newId = (): string => randomUUID();
  const alarm = createAlarm(sleep);
  const machine = await machineId(store, newId);
  const session = newId();
  let desk: FleetDesk | undefined;
  let budget: LeasedBudget | undefined;
  const hear = (ring?: Ring): void => {
    if (ring !== undefined) budget?.ring(ring);
    alarm.ring();
  };
  const openSeat = () =>
    openCoordinator({
      store,
      onOrder() {
        alarm.ring();
        desk?.ring();
      },
      onRing(who, ring) {
        if (who === machine) hear(ring);
        else desk?.ring(who, ring);
      },
      ...{ now, steady, newId },
      openResults: async (run, modest) => {
        const results = await openRunResults({ file: folder.runFile(run), now, modest });
        if (results.ok) stores.note(results.value.notices);
        return results;
      },
    });
  const seat = await Seat.take(openSeat);
  const { coordinator } = seat;

  await sweepUnitJournals(folder, now());
  const budgets = new SignInBudgets();
  const signIn = await openSignIn(options, stores);
  const room: DestinationRoom = { signIn, budgets, now, random };
  let sharedNow: () => SharedConsole | undefined = () => undefined;
  const openers = openersFor(options, stores, room, () => sharedNow());
  const closing = new AbortController();
  /** Two reports of one run would write the same files. */
  const reports = createSerial();
  let reporting = 0;
  const reported = <T>(job: () => Promise<T>): Promise<T> => {
    reporting += 1;
    return reports.run(job).finally(() => {
      reporting -= 1;
    });
  };
  const placeOf = async (task: Task): Promise<string | undefined> =>
    task.destination === NO_DESTINATION
      ? undefined
      : ((await store.setting(placeSetting(task.id))) ?? task.destination);
  const signer = async (): Promise<Result<Signer>> => {
    const key = await openSigningKey(folder.signingKeyFile, keysOf(options, stores));
    return key.ok ? ok({ key: key.value, machine: options.machineName, version: options.version }) : key;
  };
  const openGently = async (task: Task) =>
    sparing(await openSource(task.source, options.credentialsFor?.(task.source)), task.settings.gentle, now);
  const report = (run: string, wish?: ReportWish): Promise<Result<WrittenReport>> =>
    reported(() =>
      reportOfRun(
        {
          coordinator,
          reports: join(folder.path, 'reports'),
          now: now(),
          openSource: openGently,
          signer,
          rootPathOf: async (task) => pathOfPlace(await placeOf(task)),
          journalFile: (task) => folder.journalFile(task),
          hashesFile: (task) => folder.hashesFile(task),
          ...wish,
        },
        run,
      ),
    );
  const verifyRoom: VerifyRoom = {
    ...{ coordinator, now, signer },
    journalFile: (task) => folder.journalFile(task),
    reports: join(folder.path, 'reports'),
    downloads: join(folder.path, 'work', 'downloads'),
    openDestination: (task) => openDestination(room, task.destination, false),
    openSource: openGently,
  };
  const lookAt = async (wish: TaskWish) => {
    let place: string | undefined;
    const checked = await checkTask(wish, {
      openSource: (source) => openSource(source, options.credentialsFor?.(source)),
      async openDestination(address) {
        const opened = await openDestination(room, address, false);
        if (opened.ok && address !== NO_DESTINATION) place = placeText(opened.value.root);
        return opened;
      },
    });
    return checked.ok ? ok({ task: checked.value, place }) : checked;
  };
  const names = { coordinator, namesFile: (task: string) => folder.namesFile(task) };
  const checked = async (wish: TaskWish) => {
    const seen = await lookAt(wish);
    if (!seen.ok) return seen;
    const { source, name, destination } = seen.value.task;
    return ok({ source, name, place: seen.value.place ?? destination });
  };
  const createTask = async (wish: TaskWish): Promise<Result<Task>> => {
    const seen = await lookAt(wish);
    if (!seen.ok) return seen;
    const { place } = seen.value;
    if (wish.namesOf !== undefined) {
      const known = coordinator.task(wish.namesOf);
      if (!known.ok) return known;
    }
    const task = await coordinator.addTask(seen.value.task);
    if (place !== undefined) await store.saveSetting(placeSetting(task.id), place);
    if (wish.namesOf === undefined) return ok(task);
    const taken = await takeNames(names, task, wish.namesOf);
    return taken.ok ? ok(task) : taken;
  };
  const assessments = new AssessmentDesk({
    ...{ coordinator, createTask, now, checkTask: checked },
    figuresFile: (run) => folder.figuresFile(run),
    rootPathOf: async (task) => pathOfPlace(await placeOf(task)),
  });
  /** Names are read, changed and written: one change at a time. */
  const naming = createSerial();
  const shared = createSharedConsole({
    ...{ coordinator, createTask, assessments, checkTask: checked },
    closing: closing.signal,
    clock: { sleep },
    planPage: (page) => planPage(names, page),
    planCsv: (run, cursor) => planCsv(names, run, cursor),
    giveName: (task, item) => naming.run(() => giveName(names, task, item)),
    givePeople: (task, csv) => givePeople({ coordinator, peopleFile: folder.peopleFile }, task, csv),
    people: (task) => peopleOf({ coordinator, peopleFile: folder.peopleFile }, task),
    giveNames: (task, csv) => naming.run(() => giveNames(names, task, csv)),
    async writeReport(run) {
      const written = await report(run);
      return written.ok ? ok({ folder: written.value.folder, files: written.value.files }) : written;
    },
  });

  desk = await FleetDesk.open({
    ...{ machine, store, now, random, sleep, name: options.machineName, onBug: options.onBug },
    keys: keysOf(options, stores),
    files: folder,
    signingKey: () => openSigningKey(folder.signingKeyFile, keysOf(options, stores)),
    own: {
      ...coordinator,
      rest: () => seat.rest(),
      goOn: () => seat.goOn(),
      isReporting: () => reporting > 0,
    },
    serveConsole: serveConsoleOver(shared),
    onRing: hear,
  });
  const place = desk;
  const own = createRouterClient(shared);
  sharedNow = sharedConsoleOf(place, own);
  const about = async (): Promise<About> =>
    aboutOf(options, signIn, stores.notices, (await store.setting(WELCOMED)) !== undefined);
  const router = createConsoleRouter({
    desk,
    signIn,
    closing: closing.signal,
    clock: { sleep },
    about,
    async welcome() {
      await store.saveSetting(WELCOMED, 'yes');
      return about();
    },
    shared: sharedNow,
  });
  const { fleet } = desk;
  const onNews = (): void => alarm.ring();
  budget = new LeasedBudget({ budgets, machine, session, fleet, now, sleep, onNews });
  const agent = new Agent({
    ...{ machine, session, fleet, openers, budget, onNews },
    name: options.machineName,
    slots: await unitsAtOnce(store),
    ...{ now, steady, random, sleep },
    onBug: options.onBug,
  });

  let beats: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    closing.abort();
    try {
      await beats;
      await agent.close();
      await place.close();
      await coordinator.close();
      await signIn.close();
    } finally {
      await stores.close();
    }
  };
  let closed: Promise<void> | undefined;
  return {
    console: router,
    coordinator,
    notices: stores.notices,
    placeOf,
    report,
    verify: (order) => reported(() => verifyTask(verifyRoom, order)),
    desk,
    signIn,
    start() {
      place.start().catch(options.onBug);
      beats ??= runBeats(agent, { sleep, alarm, signal: closing.signal, onBug: options.onBug });
    },
    close: () => (closed ??= close()),
  };
}

/** The console of the coordinator that this machine works for, wherever that is. */
function sharedConsoleOf(desk: FleetDesk, own: SharedConsole): () => SharedConsole | undefined {
  let there: { readonly channel: ConsoleChannel; readonly shared: SharedConsole } | undefined;
  return () => {
    if (!desk.hasJoined) return own;
    const { channel } = desk;
    if (channel === undefined) return undefined;
    if (there?.channel !== channel) there = { channel, shared: consoleOver(channel) };
    return there.shared;
  };
}

/** What an agent needs for a unit, from the rooms that have it. */
function openersFor(
  options: MachineOptions,
  stores: MachineStores,
  room: DestinationRoom,
  sharedConsole: () => SharedConsole | undefined,
): UnitOpeners {
  const { folder } = stores;
  const keys = keysOf(options, stores);
  const limits = new MachineLimits();
  return {
    startUnit: (job, environment) => startUnit(job, { ...environment, limits }),
    openGivenNames: (task) => readPairs(folder.namesFile(task.id)),
    async openPeople(task) {
      if (!task.settings.authors) return ok(new Map());
      // The coordinator's, wherever that is: the list was given to it.
      const people = await sharedConsole()?.tasks.people({ task: task.id });
      if (people === undefined) return failed('coordinator-away');
      return people.ok ? ok(new Map(people.value)) : { ok: false, problem: parseProblem(people.problem) };
    },
    openSource: (task) => openSource(task.source, options.credentialsFor?.(task.source)),
    async openDestination(task, scope) {
      const write = !task.settings.dryRun;
      const bare = await openDestination(room, task.destination, write);
      const { record, now } = options;
      const opened = bare.ok && record ? ok(recording(bare.value, record, now)) : bare;
      if (!opened.ok || scope === undefined || isWhole(scope)) return opened;
      const below = await destinationBelow(opened.value, scope, write);
      if (!below.ok) await opened.value.close();
      return below;
    },
    dropJournal: (task, unit) => dropUnitJournal(folder, task.id, unit),
    async openJournal(task, unit) {
      const file = unit === undefined ? folder.journalFile(task.id) : folder.unitJournalFile(task.id, unit);
      const journal = await openJournal({ file, keys, now: options.now });
      if (journal.ok) stores.note(journal.value.notices);
      return journal;
    },
  };
}

/** Who keeps the key that secrets are sealed with. */
function keysOf(options: MachineOptions, { folder }: MachineStores): KeyKeeper {
  return options.keys ?? keyFile(folder.keyFile);
}

/** Who is signed in: as the machine was told, or as somebody signed in on it. */
function openSignIn(options: MachineOptions, stores: MachineStores): Promise<SignInDesk> {
  const { cloud, now, signIn, onBug } = options;
  return SignInDesk.open({
    ...{ cloud, now, onBug, patience: options.signInPatience },
    given: signIn && { cloud, tokens: signInByCertificate({ ...signIn, cloud, now }) },
    keep: sealedFile(stores.folder.signInFile, keysOf(options, stores), 'sign-in'),
  });
}

/** What a destination is opened with. */
interface DestinationRoom {
  readonly signIn: SignInDesk;
  readonly budgets: SignInBudgets;
  readonly now: () => number;
  readonly random: () => number;
}

function aboutOf(
  options: MachineOptions,
  signIn: SignInDesk,
  notices: readonly Problem[],
  welcomed: boolean,
): About {
  return {
    version: options.version,
    machine: options.machineName,
    cloud: signIn.cloud.name,
    sharePointHostSuffix: signIn.cloud.sharePointHostSuffix,
    practice: signIn.cloud.name === 'practice',
    signIn: signIn.about(),
    dataFolder: options.dataFolder,
    welcomed,
    notices: [...notices],
  };
}

/** The place that an address names; without one, a place that takes nothing. Code destination-url-invalid: something is to be written nowhere. */
async function openDestination(
  { signIn, budgets, now, random }: DestinationRoom,
  address: string,
  write: boolean,
): Promise<Result<Destination>> {
  if (address === NO_DESTINATION)
    return write ? failed('destination-url-invalid', { where: address }) : ok(openNowhere());
  const tokens = signIn.tokens();
  if (!tokens.ok) return tokens;
  const { cloud } = signIn;
  return openGraphDestination({ cloud, tokens: tokens.value, budgets, address, write, now, random });
}

/** Decoded and server-relative; the assumed one without a place. */
function pathOfPlace(place: string | undefined): string {
  return place === undefined ? ASSUMED_ROOT.path : place.replace(/^https?:\/\/[^/]*\/?/, '');
}

function placeSetting(task: string): string {
  return `place-of-${task}`;
}

/** A place at the destination for people: `https://contoso.sharepoint.com/sites/x/Shared Documents/Sub`. */
function placeText({ url, path }: DestinationRoot): string {
  return `${new URL(url).origin}/${path}`;
}

async function machineId(store: FleetStore, newId: () => string): Promise<string> {
  const known = await store.setting('machine-id');
  if (known !== undefined) return known;
  const id = newId();
  await store.saveSetting('machine-id', id);
  return id;
}

async function unitsAtOnce(store: FleetStore): Promise<number> {
  const units = Number(await store.setting('units-at-once'));
  return Number.isInteger(units) && units > 0 ? units : UNITS_AT_ONCE;
}
