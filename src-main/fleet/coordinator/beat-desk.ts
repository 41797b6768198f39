import type { Beat, BeatAnswer, Order } from '../../../src-shared/contract/fleet.ts';
import type { Live } from '../../../src-shared/model/live.ts';
import { ProblemError } from '../../../src-shared/model/problem.ts';
import { marked } from '../../../src-shared/model/progress-fall.ts';
import { isEnded, type RunState } from '../../../src-shared/model/run.ts';
import type { Book } from './book.ts';
import { endedFacts } from './event-facts.ts';
import { decideGrants } from './grant.ts';
import { judge, leaseLeft, released, renewed } from './lease.ts';
import type { Ledger, RunEntry, TaskEntry } from './ledger.ts';
import { bytesDoneOf, itemsOf, markOf, progressOf } from './progress.ts';
import type { ResultsShelf } from './results-shelf.ts';
import { Sessions } from './sessions.ts';
import { beginTold, noteTold } from './told.ts';
import { type RunFacts, withGrant, withTold } from './usage.ts';
import { verdictOf } from './verdict.ts';

type Claim = Beat['units'][number];
type ClaimAnswer = BeatAnswer['units'][number];

/** A machine is written down again when its last sighting is this old. */
const SEEN_EVERY_MS = 10_000;

/**
 * Answers beats, one at a time. What is decided is decided by pure functions (lease, grant, verdict, run transitions);
 * here it is only read and written down.
 */
export class BeatDesk {
  readonly #ledger: Ledger;
  readonly #book: Book;
  readonly #shelf: ResultsShelf;
  readonly #now: () => number;
  readonly #sessions = new Sessions();

  constructor(parts: { ledger: Ledger; book: Book; shelf: ResultsShelf; now: () => number }) {
    this.#ledger = parts.ledger;
    this.#book = parts.book;
    this.#shelf = parts.shelf;
    this.#now = parts.now;
  }

  async answer(beat: Beat): Promise<BeatAnswer> {
    const order = this.#sessions.note(beat);
    if (order === 'overtaken') return { granted: [], units: [] };
    if (order === 'replaced') return { granted: [], units: beat.units.map((claim) => gone(claim, 0)) };
    await this.#greet(beat, order === 'restarted');
    const units: ClaimAnswer[] = [];
    for (const claim of beat.units) units.push(await this.#claim(beat.machine, claim));
    await this.#sweep(beat);
    return { granted: await this.#grant(beat), units };
  }

  async #greet(beat: Beat, restarted: boolean): Promise<void> {
    const now = this.#now();
    const known = this.#ledger.machines.get(beat.machine);
    const machine = { id: beat.machine, name: beat.name, firstSeen: known?.firstSeen ?? now, lastSeen: now };
    const save =
      known === undefined || known.name !== beat.name || now - known.lastSeen >= SEEN_EVERY_MS || restarted;
    if (save) await this.#book.store.saveMachine(machine);
    // The ledger says when it was written; the sighting itself is shown from there as well.
    this.#ledger.machines.set(beat.machine, save ? machine : { ...machine, lastSeen: known.lastSeen });
    this.#ledger.seen.set(beat.machine, { at: now, freeSlots: beat.freeSlots });
    if (restarted) this.#forget(beat);
    if (known === undefined)
      await this.#book.tell({ actor: beat.name, facts: { kind: 'machine-joined', machine: beat.name } });
    if (restarted)
      await this.#book.tell({ actor: beat.name, facts: { kind: 'agent-restarted', machine: beat.name } });
  }

  /** What another session of this machine was doing, this one does not do until it is granted again. */
  #forget(beat: Beat): void {
    const claimed = new Set(beat.units.map((claim) => claim.unit));
    for (const entry of this.#ledger.live()) {
      if (entry.unit.holder !== beat.machine || claimed.has(entry.unit.id)) continue;
      entry.live = undefined;
      entry.lastGrant = undefined;
    }
  }

  async #claim(machine: string, claim: Claim): Promise<ClaimAnswer> {
    const found = this.#find(claim.unit);
    if (found === undefined || isEnded(found.entry.run.state)) return gone(claim, 0, true);
    const { task, entry } = found;
    const standing = judge(entry.unit, { machine, epoch: claim.epoch });
    if (standing === 'lost') return gone(claim, 0);

    await this.#tellOfSource(task, entry, claim);
    const acknowledged = await this.#take(entry, claim);
    if (acknowledged === 'lost') {
      await this.#end(task, entry, { how: 'failed', problem: { code: 'store-corrupt', detail: LOST } });
      return gone(claim, 0, true);
    }
    // What came after a gap was not taken and is told again, and the end with it.
    if (claim.end !== undefined && acknowledged >= (claim.results.at(-1)?.seq ?? 0)) {
      await this.#end(task, entry, claim.end);
      return gone(claim, acknowledged, true);
    }
    if (standing === 'released') return gone(claim, acknowledged);
    if (claim.state === 'paused' && entry.run.state === 'pausing') await this.#letGo(task, entry);
    if (entry.run.state === 'paused') {
      await this.#book.saveUnit(entry, released(entry.unit));
      return gone(claim, acknowledged);
    }
    // A kill came between writing the unit and writing the run.
    if (entry.run.state === 'waiting') await this.#book.advance(entry, 'granted');
    await this.#book.saveUnit(entry, renewed(entry.unit, this.#now()));
    return {
      unit: claim.unit,
      held: true,
      leaseMs: leaseLeft(entry.unit, this.#now()),
      acknowledged,
      order: orderFor(entry.run.state, entry.facts),
      gentle: task.task.settings.gentle,
      ended: false,
    };
  }

  /** Takes results and the present of a unit; the highest number that is safe, or `lost` when earlier ones are gone. */
  async #take(entry: RunEntry, claim: Claim): Promise<number | 'lost'> {
    let acknowledged = 0;
    let { counts } = entry.facts;
    if (claim.found !== undefined) {
      const results = await this.#shelf.of(entry.run.id);
      if (!results.ok) throw new ProblemError(results.problem);
      const damaged = results.value.notices.some(({ code }) => code === 'store-corrupt');
      if (damaged && itemsOf(counts.found) > 0) return 'lost';
      acknowledged = await results.value.results.take(claim.unit, claim.results, claim.found);
      const first = claim.results[0];
      if (first !== undefined && acknowledged < first.seq) return 'lost';
      counts = await results.value.results.counts();
    }
    const now = this.#now();
    const facts = withTold(entry.facts, { live: claim.live, counts, now });
    const progress = progressOf(counts, bytesDoneOf(entry.bytesDone, counts, claim.live));
    const mark = progress === null ? facts.mark : marked(facts.mark, markOf(counts, progress));
    await this.#book.saveFacts(entry, { ...facts, mark });
    noteTold(this.#ledger, entry, claim.live, now);
    await this.#book.savePace(entry);
    return acknowledged;
  }

  /** That the source went away and that it came back are events, once each; a run that ends says itself how. */
  async #tellOfSource({ task }: TaskEntry, entry: RunEntry, { live, end }: Claim): Promise<void> {
    const isAway = ({ waitsFor }: Live) => waitsFor?.code === 'waiting-for-source';
    const since = entry.live && isAway(entry.live) ? entry.live.waitsFor?.since : undefined;
    if (end !== undefined || isAway(live) === (since !== undefined)) return;
    const { name } = task;
    const facts =
      since === undefined
        ? ({ kind: 'source-away', name } as const)
        : ({ kind: 'source-back', name, forMs: Math.max(0, this.#now() - since) } as const);
    await this.#book.tell({ actor: 'coordinator', task: task.id, facts });
  }

  async #end(task: TaskEntry, entry: RunEntry, end: NonNullable<Claim['end']>): Promise<void> {
    const verdict = verdictOf(end, entry.facts.counts);
    if (!(await this.#book.advance(entry, verdict.event, verdict.problem))) return;
    await this.#book.saveUnit(entry, { ...released(entry.unit), state: 'done' });
    await this.#book.savePace(entry, true);
    entry.live = undefined;
    await this.#book.tell({
      actor: 'coordinator',
      task: task.task.id,
      facts: endedFacts(task.task, entry),
      problem: verdict.problem ?? null,
    });
    await this.#book.backUp();
  }

  /** A pause has come into force: the slot is free, the unit waits for its run to be resumed. */
  async #letGo(task: TaskEntry, entry: RunEntry): Promise<void> {
    await this.#book.advance(entry, 'paused');
    await this.#book.savePace(entry, true);
    if (entry.unit.state === 'held') await this.#book.saveUnit(entry, released(entry.unit));
    entry.live = undefined;
    await this.#book.tell({
      actor: 'coordinator',
      task: task.task.id,
      facts: { kind: 'run-paused', name: task.task.name },
    });
  }

  /** Orders that nobody is left to carry out: their holder started anew without the unit, or was not heard of for a lease. */
  async #sweep(beat: Beat): Promise<void> {
    const claimed = new Set(beat.units.map((claim) => claim.unit));
    for (const task of this.#ledger.tasks.values()) {
      const entry = task.last;
      if (entry === undefined) continue;
      const { state } = entry.run;
      const own = entry.unit.holder === beat.machine;
      if (claimed.has(entry.unit.id) && own) continue;
      const over = leaseLeft(entry.unit, this.#now()) === 0;
      if (state === 'pausing' && (own || over)) await this.#letGo(task, entry);
      if (state === 'stopping' && over) await this.#end(task, entry, { how: 'stopped' });
    }
  }

  async #grant(beat: Beat): Promise<BeatAnswer['granted']> {
    const now = this.#now();
    const claims = new Set(beat.units.map((claim) => claim.unit));
    const candidates = this.#ledger.live().map((entry) => ({
      unit: entry.unit,
      runState: entry.run.state,
      startedAt: entry.run.startedAt,
      begun: itemsOf(entry.facts.counts.found) > 0,
      lastGrant: entry.lastGrant,
    }));
    const answers: BeatAnswer['granted'] = [];
    for (const { unit, again } of decideGrants(candidates, { ...beat, claims }, now)) {
      const found = this.#find(unit.id);
      if (found === undefined) throw new Error(`unit ${unit.id} was granted and is not known`);
      const { task, entry } = found;
      if (!again) {
        await this.#book.saveUnit(entry, unit);
        await this.#book.advance(entry, 'granted');
        await this.#book.saveFacts(entry, withGrant(entry.facts, unit.epoch, now));
        entry.lastGrant = { session: beat.session, epoch: unit.epoch };
        beginTold(this.#ledger, entry, now);
      }
      answers.push({
        unit: unit.id,
        epoch: unit.epoch,
        leaseMs: Math.max(1, leaseLeft(entry.unit, now)),
        acknowledged: await this.#acknowledged(entry),
        order: orderFor(entry.run.state, entry.facts),
        run: { id: entry.run.id, number: entry.run.number },
        task: task.task,
      });
    }
    this.#ledger.seen.set(beat.machine, { at: now, freeSlots: beat.freeSlots - answers.length });
    return answers;
  }

  /** How far the results of a unit are taken. Under its first lease nothing has been told. */
  async #acknowledged({ run, unit }: RunEntry): Promise<number> {
    if (unit.epoch === 1) return 0;
    const results = await this.#shelf.of(run.id);
    if (!results.ok) throw new ProblemError(results.problem);
    return results.value.results.taken(unit.id);
  }

  #find(unit: string): { task: TaskEntry; entry: RunEntry } | undefined {
    for (const task of this.#ledger.tasks.values())
      if (task.last?.unit.id === unit) return { task, entry: task.last };
    return undefined;
  }
}

const LOST = 'results that were acknowledged are no longer there; a new run counts everything again';

function gone(claim: Claim, acknowledged: number, ended = false): ClaimAnswer {
  return { unit: claim.unit, held: false, leaseMs: 0, acknowledged, order: 'stop', ended };
}

function orderFor(state: RunState, facts: RunFacts): Order {
  if (state === 'pausing') return 'pause';
  if (state === 'stopping') return facts.stopHow ?? 'stop';
  return 'work';
}
