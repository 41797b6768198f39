import type { Order, UnitEnd } from '../../src-shared/contract/fleet.ts';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import { ROOT_ITEM } from '../../src-shared/model/item.ts';
import { type Live, noLive } from '../../src-shared/model/live.ts';
import { ProblemError } from '../../src-shared/model/problem.ts';
import type { EngineEnvironment, RunningUnit, UnitJob } from '../engine/unit.ts';
import { parseProblem } from './parse-problem.ts';

/** Lets stand-in engines go a step further each; held in the hand of a test. */
export class Gate {
  #turns = 0;
  #open = false;
  #waiting: (() => void)[] = [];

  /** Gives leave for so many more steps. */
  give(turns: number): void {
    this.#turns += turns;
    this.#wake();
  }

  /** From now on every step is taken at once. */
  open(): void {
    this.#open = true;
    this.#wake();
  }

  take(): boolean {
    if (this.#open) return true;
    if (this.#turns === 0) return false;
    this.#turns -= 1;
    return true;
  }

  changed(wake: () => void): void {
    this.#waiting.push(wake);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

/**
 * For tests of the fleet: stands in for the engine. It "copies" so many files of a flat share through a real journal, in steps
 * that a gate lets through, and obeys orders as the engine does.
 */
export class StandInEngine implements RunningUnit {
  readonly ended: Promise<UnitEnd>;
  readonly task: string;
  state: RunningUnit['state'] = 'running';
  /** The last that it was told; undefined before. */
  gentle: Gentle | undefined;
  readonly #job: UnitJob;
  readonly #env: EngineEnvironment;
  readonly #gate: Gate;
  readonly #files: number;
  #order: Order = 'work';
  #wake: () => void = () => undefined;
  #requests = 0;

  constructor(job: UnitJob, env: EngineEnvironment, gate: Gate, files: number) {
    this.#job = job;
    this.task = job.task.id;
    this.#env = env;
    this.#gate = gate;
    this.#files = files;
    this.ended = this.#run();
  }

  order(order: Order): void {
    this.#order = order;
    this.#wake();
  }

  spare(gentle: Gentle): void {
    this.gentle = gentle;
  }

  live(): Live {
    return { ...noLive(this.state === 'paused' ? 'paused' : 'copying'), requests: this.#requests };
  }

  async #run(): Promise<UnitEnd> {
    let end: UnitEnd;
    try {
      end = { how: (await this.#work()) ? 'done' : 'stopped' };
    } catch (error) {
      const { code, ...facts } =
        error instanceof ProblemError
          ? error.problem
          : parseProblem({ code: 'unexpected', detail: String(error) });
      end = { how: 'failed', problem: { code, ...facts } };
    }
    this.state = 'ended';
    return end;
  }

  async #work(): Promise<boolean> {
    const { journal, run, acknowledged } = this.#job;
    const { finished } = await journal.begin(run, this.#env.now(), acknowledged);
    if (finished) return true;
    await journal.folderMade(ROOT_ITEM, { id: 'root', existed: true });
    if (!(await this.#list())) return false;
    for (;;) {
      if (!(await this.#border())) return false;
      const files = await journal.takeFiles(2);
      if (files.length === 0) break;
      this.#requests += files.length;
      await journal.settle(
        files.map(({ item, fingerprint }) => ({
          item,
          outcome: 'copied',
          grade: 'identical',
          findings: [],
          fingerprint,
          remote: { id: `id-${item}`, tag: 'tag', hash: undefined },
        })),
      );
    }
    await journal.finish(this.#env.now());
    return true;
  }

  /** Lists the one folder in two batches. */
  async #list(): Promise<boolean> {
    const { journal } = this.#job;
    const [folder] = await journal.takeFolders(1);
    if (folder === undefined) return true;
    const names = Array.from({ length: this.#files }, (_, index) => `file ${index}`);
    const half = Math.ceil(names.length / 2);
    for (const batch of [names.slice(0, half), names.slice(half)]) {
      if (!(await this.#border())) return false;
      await journal.recordEntries(
        folder.item,
        batch.map((name, index) => ({
          name,
          kind: 'file',
          size: 100 + index,
          modified: 1,
          created: 1,
          fileId: undefined,
          destinationName: undefined,
          findings: [],
          decision: { do: 'copy', replace: undefined },
        })),
      );
    }
    await journal.endListing(folder.item);
    return true;
  }

  /** Between two steps. False: nothing more is to be done. */
  async #border(): Promise<boolean> {
    for (;;) {
      if (this.#order === 'stop' || this.#order === 'finish') return false;
      this.state = this.#order === 'pause' ? 'paused' : 'running';
      if (this.state === 'running' && this.#gate.take()) return true;
      await new Promise<void>((wake) => {
        this.#wake = wake;
        this.#gate.changed(wake);
      });
    }
  }
}
