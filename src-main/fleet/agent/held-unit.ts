import type { Beat, BeatAnswer, Grant, Order, UnitEnd } from '../../../src-shared/contract/fleet.ts';
import type { Tally } from '../../../src-shared/model/counts.ts';
import { type Live, noLive } from '../../../src-shared/model/live.ts';
import { ok, type Problem, ProblemError, type Result } from '../../../src-shared/model/problem.ts';
import { isWhole } from '../../../src-shared/model/scope.ts';
import { closeAll } from '../../basics/close-all.ts';
import type { Destination } from '../../destination/destination.ts';
import type { RunningUnit, UnitJob } from '../../engine/unit.ts';
import type { Source } from '../../source/source.ts';
import { sourceBelow } from '../../source/source-below.ts';
import type { Journal, JournalLease } from '../../store/journal.ts';
import { parseProblem } from '../parse-problem.ts';
import { createFence, type Fence } from './fence.ts';
import type { AgentClock, UnitOpeners } from './openers.ts';
import { isOfSource } from './passing.ts';
import { withPatience } from './patience.ts';
import { resultRowOf } from './result-row.ts';
import type { SourcesAway } from './sources-away.ts';

export type Claim = Beat['units'][number];
export type ClaimAnswer = BeatAnswer['units'][number];

/** Results to a beat; the contract's own bound. */
export const RESULTS_A_BEAT = 2_000;

/** Results that a unit may be ahead of what it has told: some seconds of telling on a busy machine. */
const MOST_UNTOLD = 20_000;

/** Bytes that have arrived of an upload, for which it is worth telling others where it goes on. */
const WORTH_HANDING = 8 * 1_048_576;
const MOST_UPLOADS = 32;
/** Pieces offered at a time: a beat is to stay some megabytes. */
const MOST_OFFERS = 8;
/** Where there was not so much to give as is wanted, it is looked for again after this time, and so often. */
const OFFER_AGAIN_MS = 200;
const OFFER_TRIES = 4;

export interface HeldUnitParts extends AgentClock {
  readonly openers: UnitOpeners;
  /** Of all units of an agent, see `passed.ts`. */
  readonly passed: () => number;
  readonly sources: Pick<SourcesAway, 'note'>;
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
  readonly #sources: Pick<SourcesAway, 'note'>;
  /** Its journal is the task's, which outlives it. */
  readonly #whole: boolean;
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
  /** It was to be gone on with, and its journal does not know it. */
  #anew = false;
  /** Looks for more to give back; never rejects. */
  #tryAgain: Promise<void> | undefined;
  /** Pieces of it were offered that may not have been taken yet. */
  #offering = true;
  /** Since when its source is away, while it is. */
  #awaySince: number | undefined;
  /** Since when somebody has to sign in before it can begin, while that is so. */
  #signInSince: number | undefined;
  /** Whoever holds it next has no use for its journal. */
  #over = false;
  #dropped: Promise<void> | undefined;

  constructor(grant: Grant, sentAt: number, parts: HeldUnitParts) {
    const { openers, onNews, now, random, sleep } = parts;
    this.#sources = parts.sources;
    this.#whole = isWhole(grant.scope);
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

  /** Hardly anything is left that it has not begun. */
  get runsLow(): boolean {
    return this.runsOut || this.#engine?.runsLow === true;
  }

  /** Another unit can be taken up: nothing more of this one is to be begun. */
  get runsOut(): boolean {
    return this.#end !== undefined || this.#anew || this.#engine?.runsOut === true;
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
      ...(await this.#handed()),
      ...(this.#anew ? { anew: true } : {}),
      ...(end !== undefined && !more ? { end } : {}),
    };
    return { claim, more };
  }

  /** Takes the coordinator's word on the unit. True: it is to be dropped. */
  async take(answer: ClaimAnswer, sentAt: number): Promise<boolean> {
    if (answer.acknowledged > 0)
      await this.#askJournal((journal) => journal.acknowledge(answer.acknowledged));
    const { offersTaken, giveBack } = answer;
    if (offersTaken > 0 && this.#offering)
      await this.#askJournal((journal) => journal.offersTaken(offersTaken));
    if (answer.ended || !answer.held) {
      // One that was paused may be resumed here.
      this.#over = answer.ended || this.#engine?.state !== 'paused';
      this.fence.lose();
      return true;
    }
    this.fence.confirm(sentAt, answer.leaseMs);
    this.order(answer.order);
    if (giveBack > 0 && answer.order === 'work' && !(await this.#giveBack(giveBack)))
      this.#tryAgain ??= this.#giveBackLater(giveBack).finally(() => {
        this.#tryAgain = undefined;
      });
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

  /** Journal and ends are opened side by side. At the destination no more than its root is made before the journal is there. */
  async #open(): Promise<void> {
    const both = [
      this.#openJournal(),
      this.#isToEnd ? Promise.resolve(undefined) : this.#openEnds(),
    ] as const;
    // None is left behind when the other breaks.
    await Promise.allSettled(both);
    const [journal, ends] = await Promise.all(both);
    if (journal === undefined) return;
    if (ends === undefined || this.#isToEnd) return this.#stopped();
    if (!ends.ok) return this.#fail(ends.problem);
    const names = await this.#openers.openGivenNames(this.grant.task);
    if (!names.ok) return this.#fail(names.problem);
    if (this.#opening.signal.aborted) return this.#stopped();
    this.#start({ journal, ...ends.value, givenNames: names.value });
  }

  /** Undefined when there is nothing to work on: why is told, and nobody waits any longer for a source that is away. */
  async #openJournal(): Promise<Journal | undefined> {
    let mayStart = false;
    try {
      const opened = await this.#openers.openJournal(this.grant.task, this.#unit);
      if (!opened.ok) {
        this.#fail(opened.problem);
        return undefined;
      }
      const { journal } = opened.value;
      const taken = await journal.takeLease(leaseOf(this.grant));
      this.#journal = journal;
      mayStart = taken !== 'unknown';
      if (mayStart) return journal;
      this.#anew = true;
      this.#onNews();
      return undefined;
    } finally {
      if (!mayStart) this.#opening.abort();
    }
  }

  /** The source, and where it is there the destination. Undefined: nobody wants them any more. */
  async #openEnds(): Promise<Result<Pick<UnitJob, 'source' | 'destination' | 'people'>> | undefined> {
    const { task, scope } = this.grant;
    const clock = { ...this.#clock, signal: this.#opening.signal };
    const people = await withPatience(() => this.#openers.openPeople(task), clock);
    if (!people.ok) return people;
    const source = await this.#openSource(clock);
    if (!source.ok) return source;
    this.#source = source.value;
    if (clock.signal.aborted) return undefined;
    const destination = await withPatience(() => this.#openers.openDestination(task, scope), {
      ...clock,
      onWait: ({ code }) => {
        if (code === 'sign-in-needed') this.#signInSince ??= clock.now();
      },
    });
    this.#signInSince = undefined;
    if (!destination.ok) return destination;
    this.#destination = destination.value;
    if (clock.signal.aborted) return undefined;
    const below = sourceBelow(source.value, scope?.path ?? '');
    return ok({ source: below, destination: destination.value, people: people.value });
  }

  get #isToEnd(): boolean {
    return this.#order === 'stop' || this.#order === 'finish';
  }

  /** What was begun waits for its source for as long as it takes: whether somebody else is to have it, the coordinator decides. */
  async #openSource(clock: AgentClock & { readonly signal: AbortSignal }): Promise<Result<Source>> {
    const { task, epoch } = this.grant;
    const source = await withPatience(() => this.#openers.openSource(task), {
      ...clock,
      forEver: epoch > 1,
      onWait: (problem) => {
        this.#awaySince ??= clock.now();
        if (isOfSource(problem.code)) this.#sources.note(task, problem);
      },
    });
    this.#awaySince = undefined;
    if (source.ok) this.#sources.note(task, undefined);
    else if (isOfSource(source.problem.code)) this.#sources.note(task, source.problem);
    return source;
  }

  #start(opened: Pick<UnitJob, 'journal' | 'source' | 'destination' | 'givenNames' | 'people'>): void {
    const { task, run, acknowledged, scope } = this.grant;
    const engine = this.#openers.startUnit(
      { task, run: run.number, acknowledged, scope, ...opened },
      {
        ...this.#clock,
        mayWrite: () => this.fence.mayWrite(),
        mostUntold: MOST_UNTOLD,
        onTurn: this.#onNews,
      },
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
    const live = this.#engine?.live() ?? noLive('starting');
    if (this.#signInSince !== undefined)
      return { ...live, waitsFor: { code: 'sign-in-needed', since: this.#signInSince, until: null } };
    if (this.#awaySince === undefined) return live;
    return { ...live, waitsFor: { code: 'waiting-for-source', since: this.#awaySince, until: null } };
  }

  /** Pieces that it offers, and uploads for whoever takes it over. */
  async #handed(): Promise<Pick<Claim, 'offers' | 'uploads'>> {
    if (!this.#begun) return {};
    const handed = await this.#askJournal(async (journal) => {
      const [offers, uploads] = await Promise.all([
        this.#offering ? journal.offers() : [],
        journal.uploadsUnderWay(WORTH_HANDING, MOST_UPLOADS),
      ]);
      this.#offering = offers.length > 0;
      return {
        ...(offers.length > 0 ? { offers: [...offers] } : {}),
        ...(uploads.length > 0 ? { uploads: [...uploads] } : {}),
      };
    });
    return handed ?? {};
  }

  /**
   * Takes pieces out of its own queue. They are offered with the next beat, which need not wait for its second.
   * @returns whether that were as many as are wanted, or nobody wants any from it now
   */
  async #giveBack(wanted: number): Promise<boolean> {
    if (!this.#begun || this.#end !== undefined || this.#order !== 'work') return true;
    const { path = '', destinationPath = '' } = this.grant.scope ?? {};
    const most = Math.min(wanted, MOST_OFFERS);
    const made = await this.#askJournal(async (journal) => {
      const before = (await journal.offers()).length;
      if (before < wanted) await journal.makeOffers(most, { path, destinationPath });
      const open = (await journal.offers()).length;
      return { open, more: open > before };
    });
    if (made === undefined) return true;
    if (made.more) {
      this.#offering = true;
      this.#onNews();
    }
    return made.open >= most;
  }

  /** At the beginning of a unit folders are still being made, and only what is in one that is made can be given: some tries until the next beat. */
  async #giveBackLater(wanted: number): Promise<void> {
    for (let tries = 0; tries < OFFER_TRIES; tries += 1) {
      await this.#clock.sleep(OFFER_AGAIN_MS, this.#opening.signal);
      if (this.#opening.signal.aborted || (await this.#giveBack(wanted))) return;
    }
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
    await this.#tryAgain;
    // Its end is not told: whoever takes the unit up again goes on from the journal.
    this.#engine?.order('stop');
    await this.#engine?.ended;
    await closeAll([
      () => this.#destination?.close(),
      () => this.#source?.close(),
      () => this.#journal?.close(),
      () => (this.#over && this.#unit ? this.#openers.dropJournal(this.grant.task, this.#unit) : undefined),
    ]);
  }

  /** Whose journal it is; undefined for the task's. */
  get #unit(): string | undefined {
    return this.#whole ? undefined : this.grant.unit;
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

function leaseOf({ run, epoch, takeUp, offersTaken, except, uploads }: Grant): JournalLease {
  return { run: run.number, epoch, takeUp, offersTaken, except, uploads };
}
