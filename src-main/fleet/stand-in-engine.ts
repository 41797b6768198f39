import type { Order, UnitEnd } from '../../src-shared/contract/fleet.ts';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import { ROOT_ITEM } from '../../src-shared/model/item.ts';
import { type Live, noLive } from '../../src-shared/model/live.ts';
import { ProblemError } from '../../src-shared/model/problem.ts';
import { joinPaths } from '../../src-shared/model/scope.ts';
import type { EngineEnvironment, RunningUnit, UnitJob } from '../engine/unit.ts';
import type { FileToCopy, JudgedEntry } from '../store/journal.ts';
import { parseProblem } from './parse-problem.ts';
import type { StandInShare } from './stand-in-share.ts';

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
 * For tests of the fleet: stands in for the engine. It "copies" the files of a stand-in for a share through a real journal, in steps
 * that a gate lets through, obeys orders as the engine does, and keeps to the scope of its unit.
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
  readonly #share: StandInShare;
  #order: Order = 'work';
  #wake: () => void = () => undefined;
  #requests = 0;
  #takenOver = false;

  constructor(job: UnitJob, env: EngineEnvironment, gate: Gate, share: StandInShare) {
    this.#job = job;
    this.task = job.task.id;
    this.#env = env;
    this.#gate = gate;
    this.#share = share;
    this.ended = this.#run();
  }

  get runsLow(): boolean {
    return this.runsOut;
  }

  get runsOut(): boolean {
    return this.state === 'ended';
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
    const { journal, run, acknowledged, scope } = this.#job;
    const begun = await journal.begin(run, this.#env.now(), acknowledged, scope?.part?.folders);
    if (begun.finished) return true;
    this.#takenOver = begun.takenOver;
    await journal.folderMade(ROOT_ITEM, { id: 'root', existed: true });
    for (;;) {
      const listed = await this.#list();
      if (listed === undefined) return false;
      await this.#makeFolders();
      if (!(await this.#border())) return false;
      const files = await journal.takeFiles(2);
      if (!listed && files.length === 0 && (await journal.progress()).foldersToList === 0) break;
      await this.#copy(files);
    }
    while ((await journal.offers()).length > 0) {
      if (this.#order === 'stop' || this.#order === 'finish') return false;
      this.state = this.#order === 'pause' ? 'paused' : 'running';
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await journal.finish(this.#env.now());
    return true;
  }

  async #copy(files: readonly FileToCopy[]): Promise<void> {
    this.#requests += files.length;
    for (const { path } of files) this.#share.copy(this.#inTask(path));
    await this.#job.journal.settle(
      files.map(({ item, path, fingerprint }) => ({
        item,
        outcome: 'copied',
        grade: 'identical',
        findings: [],
        fingerprint,
        remote: { id: `id-${this.#inTask(path)}`, tag: 'tag', hash: undefined },
      })),
    );
  }

  async #makeFolders(): Promise<void> {
    const { journal } = this.#job;
    for (const { item, path } of await journal.takeFoldersToMake(100)) {
      const made = this.#inTask(path);
      const existed = this.#share.made.has(made);
      this.#share.made.add(made);
      await journal.folderMade(item, { id: `id-${made}`, existed });
    }
  }

  /** Lists one folder in two batches. Undefined: nothing more is to be done. False: there was none. */
  async #list(): Promise<boolean | undefined> {
    const { journal } = this.#job;
    const [folder] = await journal.takeFolders(1);
    if (folder === undefined) return false;
    const entries = await this.#entries(folder.path);
    const half = Math.ceil(entries.length / 2);
    for (const batch of [entries.slice(0, half), entries.slice(half)]) {
      if (!(await this.#border())) return undefined;
      await journal.recordEntries(folder.item, batch);
    }
    await journal.endListing(folder.item);
    return true;
  }

  /** What a folder has that belongs to the unit. */
  async #entries(path: string): Promise<readonly JudgedEntry[]> {
    const { journal, scope } = this.#job;
    const { part } = scope ?? {};
    const index = part?.folders.findIndex((folder) => folder.path === path && !folder.whole) ?? -1;
    const folder = this.#inTask(path);
    const elsewhere = new Map((await journal.elsewhere(path)).map(({ name, whole }) => [name, whole]));
    const files =
      index >= 0
        ? (part?.files.filter((file) => file.folder === index).map(({ name }) => name) ?? [])
        : this.#share.filesIn(folder).filter((name) => elsewhere.get(name) !== false);
    const folders = index >= 0 ? [] : this.#share.foldersIn(folder);
    return [
      ...files.map((name, i) => this.#entry(joinPaths(folder, name), name, 'file', 100 + i)),
      ...folders.map((name): JudgedEntry => {
        const entry = this.#entry(joinPaths(folder, name), name, 'folder', 0);
        return elsewhere.get(name) ? { ...entry, decision: { ...entry.decision, list: false } } : entry;
      }),
    ];
  }

  #entry(path: string, name: string, kind: 'file' | 'folder', size: number): JudgedEntry {
    const there = kind === 'file' ? this.#share.copied.has(path) : this.#share.made.has(path);
    return {
      ...{ name, kind, size, modified: 1, created: 1, fileId: undefined, destinationName: undefined },
      findings: [],
      decision:
        this.#takenOver && there
          ? {
              do: 'settle',
              outcome: 'present',
              grade: kind === 'file' ? 'size-equal' : 'present',
              code: undefined,
              remote: { id: `id-${path}`, tag: 'tag', hash: undefined },
            }
          : { do: 'copy', replace: undefined },
    };
  }

  #inTask(path: string): string {
    return joinPaths(this.#job.scope?.path ?? '', path);
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
