import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Scope, UnitEnd } from '../../src-shared/contract/fleet.ts';
import type { Counts } from '../../src-shared/model/counts.ts';
import { failed, ok } from '../../src-shared/model/problem.ts';
import { isWhole } from '../../src-shared/model/scope.ts';
import { defaultSettings, type TaskSettings } from '../../src-shared/model/settings.ts';
import type { Destination } from '../destination/destination.ts';
import { destinationBelow } from '../destination/destination-below.ts';
import type { Source } from '../source/source.ts';
import { sourceBelow } from '../source/source-below.ts';
import type { Journal, JournalLease, LeaseTaken } from '../store/journal.ts';
import { openJournal } from '../store/open-journal.ts';
import { startUnit } from './engine.ts';
import { openInlineSource } from './inline-source.ts';
import { KillSwitch } from './kill-switch.ts';
import { StandInDestination } from './stand-in-destination.ts';
import type { EngineEnvironment, RunningUnit } from './unit.ts';

/** What came of a run, for tests to look at. */
export interface RunFacts {
  readonly end: UnitEnd;
  readonly counts: Counts;
  /** Path -> `outcome grade code,code`. */
  readonly items: Readonly<Record<string, string>>;
}

/**
 * For tests of the engine: a real folder tree, the real journal, and a stand-in for the destination. The journal stays
 * open from run to run unless {@link EngineRig.closeJournal} closes it, as the end of a process would.
 */
export class EngineRig {
  readonly folder: string;
  readonly tree: string;
  destination: StandInDestination;
  settings: Partial<TaskSettings> = {};
  givenNames = new Map<string, string>();
  people: ReadonlyMap<string, string> = new Map();
  env: Partial<EngineEnvironment> = {};
  /** Lets a test stand between the engine and its source. */
  wrapSource: (source: Source) => Source = (source) => source;
  wrapJournal: (journal: Journal) => Journal = (journal) => journal;
  wrapDestination: (destination: Destination) => Destination = (destination) => destination;

  static async make(): Promise<EngineRig> {
    return new EngineRig(await mkdtemp(join(tmpdir(), 'convoy-engine-')));
  }

  #journal: Journal | undefined;
  #unit = 'task';
  #scope: Scope | undefined;

  private constructor(folder: string) {
    this.folder = folder;
    this.tree = join(folder, 'tree');
    this.destination = new StandInDestination();
  }

  /** Writes files; a name that ends with a slash is a folder. Times are whole minutes after a day in 2023. */
  async write(files: Readonly<Record<string, string | Uint8Array>>, minute = 0): Promise<void> {
    await mkdir(this.tree, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      const full = join(this.tree, path);
      await mkdir(path.endsWith('/') ? full : dirname(full), { recursive: true });
      if (path.endsWith('/')) continue;
      await writeFile(full, content);
      await utimes(full, timeOf(minute) / 1_000, timeOf(minute) / 1_000);
    }
  }

  remove(path: string): Promise<void> {
    return rm(join(this.tree, path), { recursive: true });
  }

  /** Runs a unit to its end. `during` gets it while it runs. */
  async run(
    number: number,
    during: (unit: RunningUnit) => void | Promise<void> = () => undefined,
  ): Promise<RunFacts> {
    const unit = await this.start(number);
    await during(unit);
    const end = await unit.ended;
    const journal = await this.journal();
    const items = await itemsOf(journal);
    return { end, counts: await journal.counts(), items };
  }

  /** Runs until a fragment was sent of which the answer is lost, since the unit is stopped with it: the `count`th. */
  async stopAfterSends(count: number, number: number): Promise<void> {
    const unit = Promise.withResolvers<RunningUnit>();
    let sent = 0;
    this.wrapDestination = (own) => ({
      ...bound(own),
      send: async (...call) => {
        const result = await own.send(...call);
        sent += 1;
        if (sent !== count) return result;
        (await unit.promise).order('stop');
        return failed('stopped-by-you');
      },
    });
    const { end } = await this.run(number, unit.resolve);
    this.wrapDestination = (destination) => destination;
    if (end.how !== 'stopped') throw new Error(`it was not stopped: ${end.how}`);
  }

  /**
   * Begins a run several times, each time as a process that is killed. What was being opened is free again after it.
   * @param callOf the call to journal or destination that each kill comes with; every other one has had its effect by then
   */
  async killedRuns(number: number, kills: number, callOf: (kill: number) => number): Promise<void> {
    for (let kill = 0; kill < kills; kill++) {
      const at = new KillSwitch(callOf(kill), kill % 2 === 0);
      this.wrapJournal = (journal) => at.wrap(journal);
      this.wrapDestination = (destination) => at.wrap(destination);
      const unit = await this.start(number);
      await Promise.race([at.killed, unit.ended]);
      await this.closeJournal();
      this.destination.forgetUploads();
    }
    this.wrapJournal = (journal) => journal;
    this.wrapDestination = (destination) => destination;
  }

  /** From now on works on another unit of the task, with a journal of its own. */
  async hold(unit: string, scope: Scope | undefined, lease: Partial<JournalLease> = {}): Promise<LeaseTaken> {
    await this.closeJournal();
    this.#unit = unit;
    this.#scope = scope;
    const journal = await this.journal();
    return journal.takeLease({
      ...{ run: 0, epoch: 1, takeUp: 'new', offersTaken: 0, except: [], uploads: [] },
      ...lease,
    });
  }

  async journal(): Promise<Journal> {
    if (this.#journal) return this.#journal;
    const opened = await openJournal({
      file: join(this.folder, `${this.#unit}.db`),
      keys: { key: async () => ok(new Uint8Array(32).fill(7)) },
      now: () => Date.now(),
    });
    if (!opened.ok) throw new Error(opened.problem.code);
    this.#journal = opened.value.journal;
    return this.#journal;
  }

  async closeJournal(): Promise<void> {
    await this.#journal?.close();
    this.#journal = undefined;
  }

  /** Loses the journal, and with it everything that is known of earlier runs. */
  async forget(): Promise<void> {
    await this.closeJournal();
    for (const end of ['', '-wal', '-shm']) await rm(join(this.folder, `task.db${end}`), { force: true });
  }

  async start(number: number): Promise<RunningUnit> {
    const journal = this.wrapJournal(await this.journal());
    const scope = this.#scope;
    const source = this.wrapSource(sourceBelow(openInlineSource(this.tree), scope?.path ?? ''));
    const settings = { ...defaultSettings, ...this.settings };
    const task = {
      id: 'task-1',
      name: 'test',
      source: this.tree,
      destination: this.destination.root.url,
      settings,
      createdAt: 0,
    };
    const env: EngineEnvironment = {
      now: () => Date.now(),
      random: () => 0.5,
      mayWrite: () => true,
      sleep: shortSleep,
      ...this.env,
    };
    const below =
      isWhole(scope) || !scope ? ok(this.destination) : await destinationBelow(this.destination, scope, true);
    if (!below.ok) throw new Error(below.problem.code);
    const destination = this.wrapDestination(below.value);
    const { givenNames, people } = this;
    const ends = { source, destination, journal };
    return startUnit({ task, run: number, acknowledged: 0, scope, ...ends, givenNames, people }, env);
  }

  async end(): Promise<void> {
    await this.closeJournal();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The same destination as a plain object, to do a part of it otherwise. */
function bound(own: Destination): Destination {
  return {
    root: own.root,
    openAtOnce: own.openAtOnce,
    makeFolder: (...call) => own.makeFolder(...call),
    openUploads: (...call) => own.openUploads(...call),
    resume: (...call) => own.resume(...call),
    send: (...call) => own.send(...call),
    cancel: (...call) => own.cancel(...call),
    putEmpty: (...call) => own.putEmpty(...call),
    remove: (...call) => own.remove(...call),
    move: (...call) => own.move(...call),
    dateFolders: (...call) => own.dateFolders(...call),
    setAuthors: (...call) => own.setAuthors(...call),
    find: (...call) => own.find(...call),
    findById: (...call) => own.findById(...call),
    children: (...call) => own.children(...call),
    download: (...call) => own.download(...call),
    changes: (...call) => own.changes(...call),
    metrics: () => own.metrics(),
    close: () => own.close(),
  };
}

/** Milliseconds since 1970 of a minute of the tests. */
export function timeOf(minute: number): number {
  return Date.UTC(2023, 4, 6, 7, 0) + minute * 60_000;
}

/** Pauses between tries are not worth waiting for. */
async function shortSleep(_ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => setImmediate(resolve));
}

async function itemsOf(journal: Journal): Promise<Record<string, string>> {
  const paths = new Map<number, string>();
  const items: Record<string, string> = {};
  for (;;) {
    const rows = await journal.outbox(1_000);
    const last = rows.at(-1);
    if (!last) return items;
    for (const row of rows) {
      const parent = paths.get(row.parent);
      const path = parent ? `${parent}/${row.name}` : row.name;
      paths.set(row.item, path);
      const codes = row.findings.map((finding) => finding.code).join(',');
      items[path] = [row.outcome ?? 'known', row.grade, codes].filter(Boolean).join(' ');
    }
    await journal.acknowledge(last.seq);
  }
}
