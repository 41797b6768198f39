import { decideEntry, nothingKnown } from '../../../src-main/engine/scan/decide-entry.ts';
import type { EngineEnvironment, RunningUnit, UnitJob } from '../../../src-main/engine/unit.ts';
import { parseProblem } from '../../../src-main/fleet/parse-problem.ts';
import type { FileToCopy, FolderToList, FolderToMake, Known } from '../../../src-main/store/journal.ts';
import type { Order, UnitEnd } from '../../../src-shared/contract/fleet.ts';
import type { Gentle } from '../../../src-shared/model/gentle.ts';
import { ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { type Live, noLive } from '../../../src-shared/model/live.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { joinPaths } from '../../../src-shared/model/scope.ts';
import type { Program } from './program.ts';
import { type Bounds, isWithin } from './territory.ts';
import type { Node, Tree } from './tree.ts';
import type { VirtualDestination, Writer } from './virtual-destination.ts';

/** What model engines work on. */
export interface Ground {
  readonly tree: Tree;
  readonly destination: VirtualDestination;
  /** How long one request takes, there and back, in milliseconds. Always less than the margin of a fence. */
  readonly requestMs: () => number;
}

const ENTRIES_A_BATCH = 6;
const FILES_AT_ONCE = 2;
const ASK_AGAIN_MS = 1_000;

/**
 * Stands in for the engine: lists a virtual share and copies it into a virtual destination, through the real journal, by the real rules of
 * what becomes of an entry, and under the orders and the fence that it is given.
 */
export class ModelEngine implements RunningUnit, Writer {
  readonly machine: string;
  readonly unit: string;
  readonly epoch: number;
  readonly ended: Promise<UnitEnd>;
  state: RunningUnit['state'] = 'running';
  readonly #job: UnitJob;
  readonly #env: EngineEnvironment;
  readonly #program: Program;
  readonly #ground: Ground;
  readonly #bounds: Bounds;
  #order: Order = 'work';
  #wake: () => void = () => undefined;
  #requests = 0;
  /** What it has in hand is all that there is. */
  #low = false;

  constructor(
    job: UnitJob,
    env: EngineEnvironment,
    own: {
      readonly program: Program;
      readonly ground: Ground;
      readonly unit: string;
      readonly bounds: Bounds;
    },
  ) {
    this.#job = job;
    this.#env = env;
    this.#program = own.program;
    this.#ground = own.ground;
    this.machine = own.program.name;
    this.unit = own.unit;
    this.#bounds = own.bounds;
    this.epoch = own.bounds.epoch;
    this.#ground.destination.writers.add(this);
    this.ended = this.#run();
  }

  get runsLow(): boolean {
    return this.#low || this.runsOut;
  }

  get runsOut(): boolean {
    return this.state === 'ended';
  }

  order(order: Order): void {
    this.#order = order;
    this.#wake();
  }

  spare(_: Gentle): void {}

  live(): Live {
    return { ...noLive(this.state === 'paused' ? 'paused' : 'copying'), requests: this.#requests };
  }

  get alive(): boolean {
    return this.#program.alive;
  }

  mightWrite(path: string): boolean {
    const { alive, asleep } = this.#program;
    const works = this.state !== 'ended' && this.state !== 'paused' && this.#order !== 'stop';
    const own = works && isWithin(this.#job.scope, this.#bounds, path);
    return alive && !asleep && own && this.#env.mayWrite();
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
    this.#ground.destination.writers.delete(this);
    this.#program.world.say(this.machine, () => `its engine ends ${this.unit}: ${end.how}`);
    return end;
  }

  async #work(): Promise<boolean> {
    const { journal, run, acknowledged, scope } = this.#job;
    const { finished } = await journal.begin(run, this.#env.now(), acknowledged, scope?.part?.folders);
    if (finished) return true;
    await journal.folderMade(ROOT_ITEM, { id: scope?.destinationId ?? 'root', existed: true });
    for (;;) {
      if (!(await this.#border())) return false;
      const folders = await journal.takeFolders(1);
      for (const folder of folders) if (!(await this.#list(folder))) return false;
      const toMake = await journal.takeFoldersToMake(2);
      for (const folder of toMake) if (!(await this.#make(folder))) return false;
      const files = await journal.takeFiles(FILES_AT_ONCE);
      if (folders.length + toMake.length === 0 && files.length < FILES_AT_ONCE) this.#runLow();
      const copied = await Promise.all(files.map((file) => this.#copy(file)));
      if (copied.includes(false)) return false;
      if (folders.length + toMake.length + files.length > 0) continue;
      if ((await journal.offers()).length === 0) break;
      // What is offered is not its own any more, and not yet another's.
      await this.#program.sleep(ASK_AGAIN_MS, new AbortController().signal);
    }
    await journal.finish(this.#env.now());
    return true;
  }

  #runLow(): void {
    if (this.#low) return;
    this.#low = true;
    this.#env.onTurn?.();
  }

  /** False: it was to end before the folder was listed. */
  async #list(folder: FolderToList): Promise<boolean> {
    const { journal } = this.#job;
    const listed = await this.#ask(() => this.#ground.tree.list(this.#inTask(folder.path)));
    const elsewhere = new Map((await journal.elsewhere(folder.path)).map(({ name, whole }) => [name, whole]));
    const nodes = listed.filter(
      (node) => this.#isOwn(node, folder.path) && elsewhere.get(node.name) !== false,
    );
    for (let from = 0; from === 0 || from < nodes.length; from += ENTRIES_A_BATCH) {
      if (!(await this.#border())) return false;
      const batch = nodes.slice(from, from + ENTRIES_A_BATCH);
      const known = await journal.lookUp(
        folder.item,
        batch.map(({ name }) => name),
      );
      const judged = batch.map((node, at) => {
        const entry = this.#judge(node, known[at] ?? nothingKnown);
        // What is in the folder belongs to another unit.
        if (!elsewhere.get(node.name)) return entry;
        return { ...entry, decision: { ...entry.decision, list: false as const } };
      });
      await journal.recordEntries(folder.item, judged, from + ENTRIES_A_BATCH >= nodes.length);
    }
    return true;
  }

  /** Of a folder that a part has only some files of, nothing else is its own. */
  #isOwn({ kind, name }: Node, folder: string): boolean {
    const { part } = this.#job.scope ?? {};
    const no = part?.folders.findIndex(({ path, whole }) => path === folder && !whole) ?? -1;
    if (no < 0) return true;
    return kind === 'file' && part?.files.some((file) => file.folder === no && file.name === name) === true;
  }

  #inTask(path: string): string {
    return joinPaths(this.#job.scope?.path ?? '', path);
  }

  #judge(node: Node, known: Known) {
    const there = this.#ground.destination.find(node.path);
    const theirs =
      there === undefined || known.ours?.remoteId === there.id
        ? undefined
        : { ...facts(there.node), id: there.id, tag: 'tag', hash: undefined };
    const entry = {
      ...facts(node),
      ...{ name: node.name, nameReadable: true, created: node.modified, fileId: undefined },
      ...{ hidden: false, system: false, offline: false },
    };
    return decideEntry(
      { goes: 'on', kind: node.kind, entry, name: node.name, findings: [] },
      { ...known, theirs },
      this.#job.task.settings,
    );
  }

  async #make({ item, path }: FolderToMake): Promise<boolean> {
    if (!(await this.#mayWrite())) return false;
    const node = { path: this.#inTask(path), name: path, kind: 'folder', size: 0, modified: 0 } as const;
    await this.#job.journal.folderMade(item, await this.#write(node));
    return true;
  }

  async #copy({ item, path, name, fingerprint }: FileToCopy): Promise<boolean> {
    if (!(await this.#mayWrite())) return false;
    const { size, modified } = fingerprint;
    const { id } = await this.#write({ path: this.#inTask(path), name, kind: 'file', size, modified });
    const outcome = { outcome: 'copied', grade: 'identical', findings: [] } as const;
    await this.#job.journal.settle([
      { item, ...outcome, fingerprint, remote: { id, tag: 'tag', hash: undefined } },
    ]);
    return true;
  }

  async #write(node: Node): Promise<{ readonly id: string; readonly existed: boolean }> {
    const { destination } = this.#ground;
    destination.begin(node, this);
    return this.#ask(() => destination.store(node, this));
  }

  #ask<T>(happen: () => T): Promise<T> {
    this.#requests += 1;
    const { requestMs } = this.#ground;
    return this.#program.request(requestMs(), happen, requestMs());
  }

  /** Waits until the fence is open. False: nothing more is to be done. */
  async #mayWrite(): Promise<boolean> {
    while (!this.#env.mayWrite()) {
      if (this.#order === 'stop' || this.#order === 'finish') return false;
      await this.#program.sleep(ASK_AGAIN_MS, new AbortController().signal);
    }
    return this.#order !== 'stop';
  }

  /** Between two steps. False: nothing more is to be done. */
  async #border(): Promise<boolean> {
    for (;;) {
      if (this.#order === 'stop' || this.#order === 'finish') return false;
      this.state = this.#order === 'pause' ? 'paused' : 'running';
      if (this.state === 'running') return true;
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }
}

function facts({ kind, size, modified }: Node) {
  return { kind, size, modified };
}
