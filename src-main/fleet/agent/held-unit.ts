import type { Beat, BeatAnswer, Grant, Order, UnitEnd } from '../../../src-shared/contract/fleet.ts';
import type { Tally } from '../../../src-shared/model/counts.ts';
import { type Live, noLive } from '../../../src-shared/model/live.ts';
import { type Problem, ProblemError } from '../../../src-shared/model/problem.ts';
import { closeAll } from '../../basics/close-all.ts';
import type { Destination } from '../../destination/destination.ts';
import type { RunningUnit, UnitJob } from '../../engine/unit.ts';
import type { Source } from '../../source/source.ts';
import type { Journal } from '../../store/journal.ts';
import { parseProblem } from '../parse-problem.ts';
import { createFence, type Fence } from './fence.ts';
import type { AgentClock, UnitOpeners } from './openers.ts';
import { withPatience } from './patience.ts';
import { resultRowOf } from './result-row.ts';

export type Claim = Beat['units'][number];
export type ClaimAnswer = BeatAnswer['units'][number];

/** Results to a beat; the contract's own bound. */
export const RESULTS_A_BEAT = 2_000;

/** Results that a unit may be ahead of what it has told: some seconds of telling on a busy machine. */
const MOST_UNTOLD = 20_000;

export interface HeldUnitParts extends AgentClock {
  readonly openers: UnitOpeners;
  /** Of all units of an agent, see `passed.ts`. */
  readonly passed: () => number;
  /** Called when the unit has ended. */
  readonly onNews: () => void;
}

/** A unit that this agent was granted: opens what it needs, lets the engine work, and tells the coordinator. */
export class HeldUnit {
  readonly grant: Grant;
  readonly fence: Fence;
  readonly #openers: UnitOpeners;
  readonly #clock: AgentClock;
  readonly #onNews: () => void;
  readonly #opening = new AbortController();
  /** Settles when everything is open, or the end is known. Never rejects. */
  readonly #opened: Promise<void>;
  #journal: Journal | undefined;
  /** The journal has refused: the end is told, and not the same results again and again. */
  #journalFailed = false;
  #source: Source | undefined;
  #destination: Destination | undefined;
  #engine: RunningUnit | undefined;
  #order: Order;
  /** The engine has begun this run in the journal. */
  #begun = false;
  #end: UnitEnd | undefined;
  #dropped: Promise<void> | undefined;

  constructor(grant: Grant, sentAt: number, parts: HeldUnitParts) {
    const { openers, onNews, now, random, sleep } = parts;
    const clock = { now, random, sleep };
    this.grant = grant;
    this.#openers = openers;
    this.#clock = clock;
    this.#onNews = onNews;
    this.#order = grant.order;
    this.fence = createFence(parts.passed);
    this.fence.confirm(sentAt, grant.leaseMs);
    this.#opened = this.#guard(() => this.#open());
  }

  /** True while the engine may still write or read; false once it is paused, has ended, or was never started. */
  get busy(): boolean {
    if (this.#end !== undefined) return false;
    if (this.#engine === undefined) return this.#order !== 'pause' && !this.#opening.signal.aborted;
    return this.#engine.state !== 'paused';
  }

  /** What is to be said of it in the next beat. `more`: results are left for another one. */
  async claim(): Promise<{ claim: Claim; more: boolean }> {
    // In this order: results that come later are not missed by an end that is told now, and never exceed what is found.
    const end = this.#end;
    const paused =
      this.#engine?.state === 'paused' || (this.#engine === undefined && this.#order === 'pause');
    const live = this.#live();
    const told = await this.#told();
    const more = told.results.length >= RESULTS_A_BEAT;
    const claim: Claim = {
      unit: this.grant.unit,
      epoch: this.grant.epoch,
      state: this.#state(end !== undefined, paused && !more),
      live,
      ...told,
      ...(end !== undefined && !more ? { end } : {}),
    };
    return { claim, more };
  }

  /** Takes the coordinator's word on the unit. True: it is to be dropped. */
  async take(answer: ClaimAnswer, sentAt: number): Promise<boolean> {
    if (answer.acknowledged > 0)
      await this.#askJournal((journal) => journal.acknowledge(answer.acknowledged));
    if (answer.ended || !answer.held) {
      this.fence.lose();
      return true;
    }
    this.fence.confirm(sentAt, answer.leaseMs);
    this.order(answer.order);
    if (answer.gentle !== undefined) this.#engine?.spare(answer.gentle);
    return false;
  }

  order(order: Order): void {
    if (order === this.#order) return;
    this.#order = order;
    this.#engine?.order(order);
    if (order === 'stop' || order === 'finish') this.#opening.abort();
  }

  /**
   * Lets everything go. Nothing is written any more; what is in the journal stays for whoever takes the unit up again.
   * Rejects with what could not be closed, when all else is.
   */
  drop(): Promise<void> {
    this.#dropped ??= this.#close();
    return this.#dropped;
  }

  async #open(): Promise<void> {
    const { task } = this.grant;
    const opened = await this.#openers.openJournal(task);
    if (!opened.ok) return this.#fail(opened.problem);
    const { journal, notices } = opened.value;
    this.#journal = journal;
    // A journal that was begun anew knows nothing of a run that was begun with the old one; a new run finds all of it again.
    const lost = notices.find(({ code }) => code === 'store-corrupt');
    if (lost !== undefined && this.grant.epoch > 1) return this.#fail(lost);
    if (this.#order === 'stop' || this.#order === 'finish') return this.#stopped();

    const names = await this.#openers.openGivenNames(task);
    if (!names.ok) return this.#fail(names.problem);
    const clock = { ...this.#clock, signal: this.#opening.signal };
    const source = await withPatience(() => this.#openers.openSource(task), clock);
    if (!source.ok) return this.#fail(source.problem);
    this.#source = source.value;
    if (clock.signal.aborted) return this.#stopped();
    const destination = await withPatience(() => this.#openers.openDestination(task), clock);
    if (!destination.ok) return this.#fail(destination.problem);
    this.#destination = destination.value;
    if (clock.signal.aborted) return this.#stopped();
    this.#start({ journal, source: source.value, destination: destination.value, givenNames: names.value });
  }

  #start(opened: Pick<UnitJob, 'journal' | 'source' | 'destination' | 'givenNames'>): void {
    const { task, run, acknowledged } = this.grant;
    const engine = this.#openers.startUnit(
      { task, run: run.number, acknowledged, ...opened },
      { ...this.#clock, mayWrite: () => this.fence.mayWrite(), mostUntold: MOST_UNTOLD },
    );
    this.#engine = engine;
    if (this.#order !== 'work') engine.order(this.#order);
    void engine.ended.then((end) => this.#endWith(end));
  }

  /** Results, and what was found; nothing of either while the journal is not open, and when it no longer answers. */
  async #told(): Promise<{ results: Claim['results']; found?: Tally }> {
    const told = await this.#askJournal(async (journal) => {
      this.#begun ||= await this.#hasBegun(journal);
      if (!this.#begun) return { results: [] };
      // Asked together, so that both wait once behind what is being recorded; answered in this order.
      const [rows, { found }] = await Promise.all([journal.outbox(RESULTS_A_BEAT), journal.counts()]);
      return { results: rows.map(resultRowOf), found };
    });
    return told ?? { results: [] };
  }

  /**
   * Whether the journal speaks of this run. Until the engine has begun it, it still has the results of the run before,
   * and right after that it is being tidied: nothing is found and nothing is to be listed.
   */
  async #hasBegun(journal: Journal): Promise<boolean> {
    const progress = await journal.progress();
    if (progress.run !== this.grant.run.number) return false;
    const { found } = await journal.counts();
    return progress.finished || progress.foldersToList + found.folders + found.files + found.others > 0;
  }

  #live(): Live {
    if (this.#end !== undefined) return { ...(this.#engine?.live() ?? noLive('ended')), phase: 'ended' };
    return this.#engine?.live() ?? noLive('starting');
  }

  #state(ended: boolean, paused: boolean): Claim['state'] {
    if (ended) return 'ended';
    if (paused) return 'paused';
    const state = this.#engine?.state ?? 'running';
    // Paused, but results are left: the slot is free only when they are told.
    return state === 'paused' ? 'pausing' : state;
  }

  async #close(): Promise<void> {
    this.fence.lose();
    this.#opening.abort();
    await this.#opened;
    // Its end is not told: whoever takes the unit up again goes on from the journal.
    this.#engine?.order('stop');
    await this.#engine?.ended;
    await closeAll([
      () => this.#destination?.close(),
      () => this.#source?.close(),
      () => this.#journal?.close(),
    ]);
  }

  #endWith(end: UnitEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#onNews();
  }

  #stopped(): void {
    this.#endWith({ how: 'stopped' });
  }

  #fail(problem: Problem): void {
    const { code, where, detail, retryAt } = problem;
    this.#endWith({ how: 'failed', problem: { code, where, detail, retryAt } });
  }

  /** Undefined while the journal is not open, and from its first refusal on. */
  async #askJournal<T>(ask: (journal: Journal) => Promise<T>): Promise<T | undefined> {
    const journal = this.#journal;
    if (journal === undefined || this.#journalFailed) return undefined;
    return this.#guard(async () => {
      try {
        return await ask(journal);
      } catch (error) {
        this.#journalFailed = true;
        // What is not told yet will not be told: that is the end, whatever the engine came to.
        this.#end = undefined;
        throw error;
      }
    });
  }

  /** A journal that cannot be written ends the unit with its reason; anything unforeseen does so too. */
  async #guard<T>(job: () => Promise<T>): Promise<T | undefined> {
    try {
      return await job();
    } catch (error) {
      if (error instanceof ProblemError) this.#fail(error.problem);
      else this.#fail(parseProblem({ code: 'unexpected', detail: String(error) }));
      return undefined;
    }
  }
}
