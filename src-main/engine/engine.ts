import type { Order, UnitEnd } from '../../src-shared/contract/fleet.ts';
import type { Gentle } from '../../src-shared/model/gentle.ts';
import type { Live } from '../../src-shared/model/live.ts';
import { joinPaths } from '../../src-shared/model/scope.ts';
import { compileFilters } from '../../src-shared/rules/filters.ts';
import { localClock } from '../basics/local-clock.ts';
import { neverBack } from '../basics/never-back.ts';
import { sleep } from '../basics/sleep.ts';
import { GentleGate } from '../source/gentle/gentle-gate.ts';
import { gentleSource } from '../source/gentle/gentle-source.ts';
import type { FileToCopy, SizeRange } from '../store/journal.ts';
import { setAuthors } from './authors.ts';
import { beginRun, type Ground } from './begin.ts';
import { MachineLimits } from './concurrency/machine-limits.ts';
import { Control } from './control.ts';
import { dateFolders } from './date-folders.ts';
import { Feed } from './feed.ts';
import { cancelLeftUploads } from './files/cancel-upload.ts';
import { copyFiles } from './files/copy-files.ts';
import { laneSizes } from './files/lanes.ts';
import { makeFolders } from './folders.ts';
import { Outage } from './outage.ts';
import { recycleGone } from './recycle.ts';
import { plannedFiles } from './scan/planned-files.ts';
import { FOLDERS_TAKEN, scanFolders } from './scan/scan.ts';
import { Settler } from './settler.ts';
import { SourceCheck } from './source-check.ts';
import { Traffic } from './traffic.ts';
import type { EngineEnvironment, RunningUnit, UnitJob } from './unit.ts';
import { untilTaken } from './until-taken.ts';
import { untilTold } from './until-told.ts';
import { verifyCopies } from './verify.ts';
import { type Slot, Waits } from './waits.ts';
import { asProblem, type Work } from './work.ts';

/**
 * Starts to work on a unit: scans, decides, makes folders, copies, verifies. What was done by an earlier process, killed
 * or stopped anywhere, is taken from the journal and not done again.
 *
 * A dry run lists and decides everything and writes nothing: what would be copied is settled as `planned`.
 */
export function startUnit(job: UnitJob, env: EngineEnvironment): RunningUnit {
  // Whoever waits for a moment would wait an hour longer when the clock is set back by one.
  return new Unit(job, { ...env, now: neverBack(env.now) });
}

class Unit implements RunningUnit {
  readonly #job: UnitJob;
  readonly #env: EngineEnvironment;
  readonly #control: Control;
  readonly #waits: Waits;
  readonly #traffic = new Traffic();
  readonly #gate: GentleGate;
  readonly #outage = new Outage();
  #sourceCheck: SourceCheck | undefined;
  /** What hands out files, while that goes on. */
  #lanes: readonly Feed<FileToCopy>[] = [];
  /** Of the three turns of its work, those that were told. */
  #turnsTold = 0;
  #phase: Exclude<Live['phase'], 'paused' | 'ended'> = 'starting';
  readonly ended: Promise<UnitEnd>;

  constructor(job: UnitJob, env: EngineEnvironment) {
    this.#job = job;
    this.#env = env;
    const control = new Control(env);
    this.#control = control;
    this.#gate = new GentleGate({
      gentle: job.task.settings.gentle,
      now: env.now,
      clock: env.wallClock ?? localClock,
      sleep: env.sleep ?? sleep,
      turnsAway: (closed) => control.turnsAway(closed),
    });
    control.onChange(() => this.#gate.look());
    this.#waits = new Waits(env.now);
    this.ended = this.#run();
  }

  get runsLow(): boolean {
    return this.#isWoundUp || (this.#lanes.length > 0 && this.#lanes.every((lane) => lane.isSpent));
  }

  get runsOut(): boolean {
    return this.#isWoundUp || (this.#lanes.length > 0 && this.#lanes.every((lane) => lane.isDry));
  }

  get #isWoundUp(): boolean {
    return this.#phase === 'verifying' || this.state === 'ended';
  }

  get state(): RunningUnit['state'] {
    return this.#control.state;
  }

  order(order: Order): void {
    this.#control.order(order);
  }

  spare(gentle: Gentle): void {
    this.#gate.change(gentle);
  }

  live(): Live {
    const { state } = this;
    const { allowances, ...asked } = this.#job.destination.metrics();
    return {
      phase: state === 'ended' || state === 'paused' ? state : this.#phase,
      bytesSent: this.#traffic.bytesSent,
      waits: this.#waits.times(),
      slots: this.#waits.slots,
      waitsFor: this.#sourceCheck?.waitsFor ?? this.#outage.waitsFor ?? this.#waitsForHours(),
      inFlight: this.#inFlight(),
      allowances: [...allowances],
      ...asked,
    };
  }

  /** Each is told once, though a lane that has little left may get more by what is tried again. */
  #tellOfTurn(): void {
    const turns = 1 + Number(this.runsLow) + Number(this.runsOut);
    if (turns <= this.#turnsTold) return;
    this.#turnsTold = turns;
    this.#env.onTurn?.();
  }

  /** By their paths in the task. */
  #inFlight(): Live['inFlight'] {
    const { inFlight } = this.#traffic;
    const folder = this.#job.scope?.path ?? '';
    return folder === ''
      ? inFlight
      : inFlight.map((file) => ({ ...file, path: joinPaths(folder, file.path) }));
  }

  #waitsForHours(): Live['waitsFor'] {
    const { closed } = this.#gate;
    return closed && { code: 'waiting-for-hours', ...closed };
  }

  async #run(): Promise<UnitEnd> {
    let end: UnitEnd;
    try {
      const done = await this.#work();
      const { problem } = this.#control;
      end = problem ? { how: 'failed', problem } : { how: done ? 'done' : 'stopped' };
    } catch (error) {
      end = { how: 'failed', problem: asProblem(error) };
    }
    this.#control.ended();
    return end;
  }

  /** @returns whether all is done that there is to do */
  async #work(): Promise<boolean> {
    const { source, journal } = this.#job;
    const root = await source.probe();
    if (!root.ok) {
      this.#control.fail(root.problem);
      return false;
    }
    const control = this.#control;
    const failed = (error: unknown): void => control.fail(asProblem(error));
    const sourceCheck = new SourceCheck({ source, control, now: this.#env.now, root: root.value });
    this.#sourceCheck = sourceCheck;
    const settler = new Settler(journal, failed, this.#env.sleep ?? sleep);
    const work: Work = {
      job: this.#job,
      env: this.#env,
      control,
      waits: this.#waits,
      traffic: this.#traffic,
      settler,
      limits: this.#env.limits ?? new MachineLimits(),
      folder: this.#job.scope?.path ?? '',
      planned: plannedFiles(this.#job.scope),
      outage: this.#outage,
      sourceFor: (slot) => gentleSource(source, this.#gate, (wait) => slot.resting(wait)),
      filter: compileFilters(this.#job.task.settings.filters),
      sourceCheck,
    };
    const slot = this.#waits.slot();
    try {
      return await this.#runStages(work, slot);
    } finally {
      await settler.drained();
    }
  }

  async #runStages(work: Work, slot: Slot): Promise<boolean> {
    const { control } = work;
    const ground = await control.busy(() => beginRun(work, slot));
    if (!ground) return !control.ending;
    await this.#copyAll(work, ground);
    await work.settler.drained();
    if (this.#job.task.settings.dryRun) return await this.#finish(slot);
    if (!(await control.mayStart(slot))) return false;
    this.#phase = 'verifying';
    const verified = await control.busy(
      async () => (await cancelLeftUploads(work, slot)) && (await verifyCopies(work, slot)),
    );
    await work.settler.drained();
    if (!verified || control.ending) return false;
    const done = await control.busy(
      async () =>
        (await recycleGone(work, slot)) && (await setAuthors(work, slot)) && (await dateFolders(work, slot)),
    );
    return done && (await this.#finish(slot));
  }

  async #finish(slot: Slot): Promise<boolean> {
    await untilTaken(this.#job.journal, this.#control, slot);
    if (this.#control.ending) return false;
    await this.#job.journal.finish(this.#env.now());
    return true;
  }

  /** Scanning, making folders and copying go on side by side, each fed by the journal. */
  async #copyAll(work: Work, ground: Ground): Promise<void> {
    const { journal, task } = this.#job;
    const { dryRun, parallelFiles } = task.settings;
    const listing = new Feed({
      take: async (limit) => {
        await untilTold(work);
        return journal.takeFolders(limit);
      },
      batch: FOLDERS_TAKEN,
      upstreamEnded: () => true,
    });
    const making = new Feed({
      take: (limit) => journal.takeFoldersToMake(limit),
      batch: 64,
      upstreamEnded: () => listing.ended,
    });
    const copying = (sizes: SizeRange, batch: number): Feed<FileToCopy> =>
      new Feed({
        take: (limit) => journal.takeFiles(limit, sizes),
        batch,
        upstreamEnded: () => making.ended,
        onLittle: () => this.#tellOfTurn(),
      });
    const { small: smallSizes, large: largeSizes } = laneSizes(task.settings);
    const lanes = {
      small: copying(smallSizes, parallelFiles * this.#job.destination.openAtOnce),
      large: copying(largeSizes, parallelFiles),
    };
    this.#lanes = Object.values(lanes);
    const copyingNews = (): void => {
      lanes.small.news();
      lanes.large.news();
    };
    work.control.onEnding(() => {
      for (const feed of [listing, making, lanes.small, lanes.large]) feed.end();
    });
    this.#phase = 'scanning';
    const news = (): void => {
      making.news();
      copyingNews();
      this.#tellOfTurn();
    };
    const scanned = scanFolders(work, listing, { ...ground, recorded: news }).then(() => {
      this.#phase = 'copying';
      listing.end();
      news();
    });
    if (dryRun) return scanned;
    const made = makeFolders(work, making, copyingNews).then(() => {
      making.end();
      copyingNews();
    });
    await Promise.all([scanned, made, copyFiles(work, lanes)]);
  }
}
