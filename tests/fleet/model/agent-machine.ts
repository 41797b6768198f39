import { StandInDestination } from '../../../src-main/engine/stand-in-destination.ts';
import { Agent } from '../../../src-main/fleet/agent/agent.ts';
import { createAlarm } from '../../../src-main/fleet/agent/alarm.ts';
import { runBeats } from '../../../src-main/fleet/agent/beat-loop.ts';
import type { UnitOpeners } from '../../../src-main/fleet/agent/openers.ts';
import { openSyntheticSource } from '../../../src-main/source/synthetic/synthetic-source.ts';
import type { Journal } from '../../../src-main/store/journal.ts';
import type { Random } from '../../../src-practice/random.ts';
import { ok } from '../../../src-shared/model/problem.ts';
import type { Line } from './line.ts';
import type { Content } from './memory-database.ts';
import { type JournalDatabase, openJournalIn, pools } from './memory-stores.ts';
import { type Ground, ModelEngine } from './model-engine.ts';
import { Clock, type DeathAtCall, Program } from './program.ts';
import { type Bounds, noBounds } from './territory.ts';
import type { World } from './world.ts';

/** Engines of the model list and write by themselves: what they are handed is never asked. */
const SOURCE = openSyntheticSource({ seed: 1, files: 0, folders: 0 });
const DESTINATION = new StandInDestination();

/** A machine with its disk, its clock, its line to the coordinator, and the agent that runs on it or does not. */
export class AgentMachine {
  readonly name: string;
  readonly clock: Clock;
  readonly line: Line;
  program: Program | undefined;
  /** Never to be started again: its disk is lost. */
  gone = false;
  lateness: number;
  storeMs: () => number = () => 0;
  readonly #world: World;
  readonly #ground: Ground;
  readonly #random: Random;
  readonly #journals = new Map<string, JournalDatabase>();
  /** What is known of the bounds of units, by their journals. */
  readonly #bounds = new Map<string, Bounds>();
  readonly #open = new Set<string>();
  /** Journals that lost their end to a power cut. */
  readonly #cut = new Set<string>();
  /** Of journals as they were, for a power cut. */
  #kept: ReadonlyMap<string, Content> = new Map();
  #starts = 0;
  #silently = false;

  constructor(parts: {
    world: World;
    ground: Ground;
    random: Random;
    name: string;
    line: Line;
    lateness: number;
  }) {
    this.name = parts.name;
    this.#world = parts.world;
    this.#ground = parts.ground;
    this.#random = parts.random;
    this.line = parts.line;
    this.lateness = parts.lateness;
    this.clock = new Clock(parts.world);
  }

  start(): void {
    if (this.gone || this.program !== undefined) return;
    this.#starts += 1;
    const program = new Program(this.#world, this.name, this.lateness);
    program.storeMs = this.storeMs;
    program.onDeath = () => {
      this.program = undefined;
      if (!this.#silently) this.line.broke(this.name);
      this.#open.clear();
    };
    this.program = program;
    const alarm = createAlarm(program.sleep);
    const agent = new Agent({
      machine: this.name,
      name: this.name,
      session: `${this.name}-start-${this.#starts}`,
      fleet: this.line.from(program),
      openers: this.#openers(program),
      slots: 1,
      now: this.clock.now,
      steady: program.steady,
      random: this.#random,
      sleep: program.sleep,
      onNews: () => alarm.ring(),
      onBug: (error) => this.#world.violate('agents have no bugs', `${this.name}: ${describe(error)}`),
    });
    this.#world.say(this.name, () => `starts (${this.#starts})`);
    void runBeats(agent, {
      sleep: program.sleep,
      alarm,
      signal: new AbortController().signal,
      onBug: (error) => this.#world.violate('agents have no bugs', `${this.name}: ${describe(error)}`),
    });
  }

  /** @param silently the machine is gone with it: nobody is left who would end its connections */
  kill(silently = false): void {
    this.#silently = silently;
    this.program?.kill();
    this.#silently = false;
  }

  /** It is gone for good, with its disk. */
  lose(): void {
    this.kill(true);
    this.gone = true;
  }

  killAtCall(death: DeathAtCall, then: () => void): void {
    this.program?.dieAt(death, then);
  }

  /** Keeps its disk as it is now. */
  keepDisk(): void {
    this.#kept = new Map([...this.#journals].map(([name, journal]) => [name, journal.content()]));
  }

  /** The power is gone, and what was written since {@link keepDisk} has not reached the disk. */
  cutPower(): void {
    this.kill(true);
    this.#world.say(this.name, () => 'loses its power, and the end of its journals');
    for (const [name, journal] of this.#journals) {
      this.#cut.add(name);
      const kept = this.#kept.get(name);
      if (kept === undefined) journal.empty();
      else journal.putBack(kept);
    }
  }

  /** Gives its databases back. */
  clear(): void {
    for (const journal of this.#journals.values()) pools.journal.giveBack(journal);
    this.#journals.clear();
  }

  #openers(program: Program): UnitOpeners {
    const opened = new Map<Journal, string>();
    return {
      openGivenNames: async () => ok(new Map()),
      openPeople: async () => ok(new Map()),
      openSource: async () => ok(SOURCE),
      openDestination: async () => ok(DESTINATION),
      openJournal: async (task, unit) => {
        const journal = this.#openJournal(unit ?? task.id, program);
        opened.set(journal, unit ?? task.id);
        return ok({ journal, notices: [] });
      },
      dropJournal: async (_, unit) => this.#dropJournal(unit),
      startUnit: (job, env) => {
        const unit = opened.get(job.journal) ?? job.task.id;
        return new ModelEngine(job, env, {
          program,
          ground: this.#ground,
          unit,
          bounds: this.#boundsOf(unit),
        });
      },
    };
  }

  #dropJournal(name: string): void {
    const journal = this.#journals.get(name);
    if (journal) pools.journal.giveBack(journal);
    this.#journals.delete(name);
    this.#bounds.delete(name);
  }

  #boundsOf(name: string): Bounds {
    const bounds = this.#bounds.get(name) ?? noBounds();
    this.#bounds.set(name, bounds);
    return bounds;
  }

  #openJournal(name: string, program: Program): Journal {
    if (this.#open.has(name)) this.#world.violate('a journal is open once', `${this.name}: ${name}`);
    this.#open.add(name);
    const database = this.#journals.get(name) ?? pools.journal.take();
    this.#journals.set(name, database);
    const journal = openJournalIn(database, program);
    const bounds = this.#boundsOf(name);
    return {
      ...journal,
      takeLease: async (lease) => {
        const taken = await journal.takeLease(lease);
        bounds.epoch = lease.epoch;
        // A journal that goes on knows what was given away before.
        if (taken === 'begins') {
          bounds.offered.clear();
          bounds.except = lease.except;
        }
        return taken;
      },
      // What is at the destination is not given back. The engine reads what came there since, and so knows of what its journal forgot; the model's
      // engine looks when it lists.
      makeOffers: async (wanted, place) =>
        this.#cut.has(name) ? undefined : journal.makeOffers(wanted, place),
      offers: async () => {
        const offers = await journal.offers();
        for (const { no, scope } of offers) bounds.offered.set(no, scope);
        return offers;
      },
      close: async () => {
        await journal.close();
        if (program.alive) this.#open.delete(name);
      },
    };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
