import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { Beat, BeatAnswer, FleetContract } from '../../src-shared/contract/fleet.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { defaultSettings, type TaskSettings } from '../../src-shared/model/settings.ts';
import type { Task } from '../../src-shared/model/task.ts';
import { StandInDestination } from '../engine/stand-in-destination.ts';
import { openNodeSource } from '../source/node-fs/node-source.ts';
import { type DataFolder, openDataFolder } from '../store/data-folder.ts';
import { backUp } from '../store/database/back-up.ts';
import type { FleetStore } from '../store/fleet-store.ts';
import type { Journal } from '../store/journal.ts';
import { keyFile } from '../store/key-file.ts';
import { openFleetStore } from '../store/open-fleet-store.ts';
import { openJournal } from '../store/open-journal.ts';
import { openRunResults } from '../store/open-run-results.ts';
import type { RunResults } from '../store/run-results.ts';
import { dropUnitJournal } from '../store/unit-journals.ts';
import { Agent } from './agent/agent.ts';
import type { UnitOpeners } from './agent/openers.ts';
import { type Coordinator, openCoordinator } from './coordinator/coordinator.ts';
import { Gate, StandInEngine } from './stand-in-engine.ts';
import { StandInShare } from './stand-in-share.ts';

/** What becomes of the next beat on its way. */
export type Fate = 'arrives' | 'is lost' | 'answer is lost' | 'comes twice' | 'old one comes again';

/**
 * For tests of the fleet: a coordinator and an agent over real stores in a temporary folder, a stand-in for the engine, a clock in the
 * hand, and a line between them that loses, doubles and reorders. Both ends can be killed and started again.
 */
export class FleetRig {
  /** What there is to copy, and what was. Another one can be put in its place before a run. */
  share: StandInShare;
  /** True time. */
  now = 1_700_000_000_000;
  /** The coordinator's clock on the wall is ahead of it by so many milliseconds. */
  wallAhead = 0;
  gate = new Gate();
  fate: Fate = 'arrives';
  /** Every beat that was sent. */
  readonly sent: Beat[] = [];
  readonly answers: BeatAnswer[] = [];
  engines: StandInEngine[] = [];
  /** Mistakes of the program that the agent told of. */
  readonly bugs: unknown[] = [];
  /** Whether the last unit that was taken up may write. */
  mayWrite: () => boolean = () => false;
  /** Lets a test stand between the coordinator and the results of runs. */
  wrapResults: (results: RunResults) => RunResults = (results) => results;
  /** Replace to let opening fail. */
  readonly openers: { -readonly [K in keyof UnitOpeners]: UnitOpeners[K] };
  readonly #realOpeners: UnitOpeners;
  readonly #temporary: string;
  readonly #folder: DataFolder;
  #store: FleetStore | undefined;
  #coordinator: Coordinator | undefined;
  #agent: Agent | undefined;
  #journals: Promise<Result<{ journal: Journal }>>[] = [];

  static async make(files = 7): Promise<FleetRig> {
    const temporary = await mkdtemp(join(tmpdir(), 'convoy-fleet-'));
    const folder = await openDataFolder(temporary);
    if (!folder.ok) throw new Error(folder.problem.code);
    const rig = new FleetRig(temporary, folder.value, files);
    await rig.startCoordinator();
    rig.startAgent();
    return rig;
  }

  private constructor(temporary: string, folder: DataFolder, files: number) {
    this.share = StandInShare.flat(files);
    this.#temporary = temporary;
    this.#folder = folder;
    const keys = keyFile(folder.keyFile);
    this.openers = {
      openJournal: (task, unit) => {
        const file = unit === undefined ? folder.journalFile(task.id) : folder.unitJournalFile(task.id, unit);
        const opened = openJournal({ file, keys, now: () => this.now });
        this.#journals.push(opened);
        return opened;
      },
      openGivenNames: async () => ok(new Map()),
      openPeople: async () => ok(new Map()),
      openSource: async () => ok(openNodeSource(temporary)),
      openDestination: async () => ok(new StandInDestination()),
      dropJournal: (task, unit) => dropUnitJournal(folder, task.id, unit),
      startUnit: (job, env) => {
        this.mayWrite = env.mayWrite;
        const engine = new StandInEngine(job, env, this.gate, this.share);
        this.engines.push(engine);
        return engine;
      },
    };
    this.#realOpeners = { ...this.openers };
  }

  get files(): number {
    return this.share.files;
  }

  get coordinator(): Coordinator {
    if (this.#coordinator === undefined) throw new Error('the coordinator is down');
    return this.#coordinator;
  }

  get store(): FleetStore {
    if (this.#store === undefined) throw new Error('the coordinator is down');
    return this.#store;
  }

  get agent(): Agent {
    if (this.#agent === undefined) throw new Error('the agent is down');
    return this.#agent;
  }

  async startCoordinator(): Promise<void> {
    const opened = await openFleetStore({ file: this.#folder.fleetFile, now: () => this.now });
    if (!opened.ok) throw new Error(opened.problem.code);
    this.#store = opened.value.store;
    this.#coordinator = await openCoordinator({
      store: this.#store,
      now: () => this.now + this.wallAhead,
      steady: () => this.now,
      newId: randomUUID,
      openResults: async (run) => {
        const opened = await openRunResults({ file: this.#folder.runFile(run), now: () => this.now });
        if (!opened.ok) return opened;
        return ok({ ...opened.value, results: this.wrapResults(opened.value.results) });
      },
    });
  }

  async stopCoordinator(): Promise<void> {
    await this.#coordinator?.close();
    await this.#store?.close();
    this.#coordinator = undefined;
    this.#store = undefined;
  }

  startAgent(machine = 'machine-one'): void {
    this.#agent = new Agent({
      machine,
      name: machine,
      session: randomUUID(),
      fleet: this.#line(),
      openers: this.openers,
      slots: 1,
      now: () => this.now,
      steady: () => this.now,
      random: () => 0.5,
      sleep: async (ms) => {
        this.now += ms;
        await new Promise(setImmediate);
      },
      onNews: () => undefined,
      onBug: (error) => this.bugs.push(error),
    });
  }

  /** The agent's process is gone: nothing is told, its journal is as it was. */
  async killAgent(): Promise<void> {
    this.#agent = undefined;
    this.gate = new Gate();
    const journals = await Promise.all(this.#journals);
    this.#journals = [];
    for (const opened of journals) if (opened.ok) await opened.value.journal.close();
  }

  /** Keeps a task's journal as it is, for {@link cutJournalBack}. Consistently: whoever had it open may be closing it just now. */
  async keepJournal(task: string): Promise<void> {
    const file = this.#folder.journalFile(task);
    const database = new Sqlite(file);
    try {
      await backUp(database, keptOf(file));
    } finally {
      database.close();
    }
  }

  /** The agent's process is gone with the power, and of the journal only what was kept has reached the disk. */
  async cutJournalBack(task: string): Promise<void> {
    await this.loseJournal(task);
    const file = this.#folder.journalFile(task);
    await copyFile(keptOf(file), file);
  }

  /** The agent's process is gone, and its journal with it: the next one begins anew. */
  async loseJournal(task: string): Promise<void> {
    await this.killAgent();
    const file = this.#folder.journalFile(task);
    for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
  }

  /** Ends what is going on, and begins with another agent. */
  async anew(): Promise<void> {
    await this.killAgent();
    for (const task of (await this.coordinator.tasks({ limit: 200 })).tasks)
      await this.coordinator.order(task.task.id, 'stop');
    // Nobody answers for the stopped runs any more: a beat of any machine ends them.
    this.now += 60_000;
    this.startAgent('machine-nobody');
    await this.beat();
    Object.assign(this.openers, this.#realOpeners);
    this.wrapResults = (results) => results;
    // What earlier tests copied is there no more.
    this.share.copied.clear();
    this.share.made.clear();
    this.startAgent();
  }

  /** A second later: one beat, whatever becomes of it. */
  async beat(fate: Fate = 'arrives'): Promise<void> {
    this.now += 1_000;
    this.fate = fate;
    await this.agent.beat();
  }

  async addTask(settings: Partial<TaskSettings> = {}, name = 'Share'): Promise<Task> {
    return this.coordinator.addTask({
      name,
      source: this.#temporary,
      destination: 'https://contoso.sharepoint.com/sites/x',
      settings: { ...defaultSettings, ...settings },
    });
  }

  async close(): Promise<void> {
    if (this.#coordinator === undefined) await this.startCoordinator();
    await this.#agent?.close();
    await this.stopCoordinator();
    this.#folder.release();
    await rm(this.#temporary, { recursive: true });
  }

  #line(): FleetContract {
    const lost = failed('service-unreachable');
    const deliver = async (beat: Beat): Promise<Result<BeatAnswer>> => {
      const answer = await this.coordinator.fleet.beat(structuredClone(beat));
      if (answer.ok) this.answers.push(answer.value);
      return answer;
    };
    return {
      beat: async (beat) => {
        this.sent.push(structuredClone(beat));
        if (this.fate === 'is lost' || this.#coordinator === undefined) return lost;
        if (this.fate === 'old one comes again') {
          const old = this.sent.at(-3);
          if (old !== undefined) await deliver(old);
        }
        if (this.fate === 'comes twice') await deliver(beat);
        const answer = await deliver(beat);
        return this.fate === 'answer is lost' ? lost : answer;
      },
    };
  }
}

function keptOf(file: string): string {
  return `${file}.kept`;
}
