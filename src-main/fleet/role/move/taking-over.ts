import type { FromHeir, HandedFile, ToHeir } from '../../../../src-shared/contract/hand-over.ts';
import type { ListenWish } from '../../../../src-shared/contract/listen-wish.ts';
import type { Moved } from '../../../../src-shared/contract/wire.ts';
import { failed, ok, ProblemError, type Result } from '../../../../src-shared/model/problem.ts';
import type { Serial } from '../../../basics/serial.ts';
import type { Conversation } from '../../wire/conversation.ts';
import type { Members } from '../../wire/members.ts';
import { type FleetDeskParts, plain, tell } from '../desk-parts.ts';
import { type KeptTaking, keepRole, roleSettings } from '../kept-role.ts';
import type { Listening } from '../listening.ts';
import type { Heir, Membership } from '../membership.ts';
import { foreseen } from './foreseen.ts';
import { Incoming } from './incoming.ts';

type WithCoordinator = Conversation<FromHeir, ToHeir>;

/** How long the coordinator may take for its next word: it makes hashes of what it names. */
const PATIENCE_MS = 600_000;
/** A database that cannot be written now is tried again. */
const AGAIN_MS = 5_000;
/** Whoever waits for the word of a coordinator that is gone may go after this time: until then it may have said it. */
const BOUND_MS = 10 * 60_000;

/**
 * The side of the machine that is to be the coordinator (decision 29). It fetches the fleet, checks it, and keeps that it has it; it is the coordinator
 * when the present one says so, in words that it has signed, and not before. Until then it forgets all of it as soon as the present one lets it in
 * again as a machine like the others.
 */
export class TakingOver implements Heir {
  readonly #parts: FleetDeskParts;
  readonly #room: { readonly members: Members; readonly listening: Listening; readonly serial: Serial };
  readonly #membership: () => Membership;
  readonly #closing: AbortSignal;
  readonly #incoming: Incoming;
  #taking: KeptTaking | undefined;

  constructor(
    parts: FleetDeskParts,
    room: { readonly members: Members; readonly listening: Listening; readonly serial: Serial },
    membership: () => Membership,
    closing: AbortSignal,
    taking: KeptTaking | undefined,
  ) {
    this.#parts = parts;
    this.#room = room;
    this.#membership = membership;
    this.#closing = closing;
    this.#incoming = new Incoming(parts.files);
    this.#taking = taking;
  }

  /** Whether this machine must not go away: the fleet may be its own already, and it has not heard that yet. */
  get isBound(): boolean {
    const taking = this.#taking;
    return taking !== undefined && (taking.said || Math.abs(this.#parts.now() - taking.since) < BOUND_MS);
  }

  /** Goes on where a process ended. To be called when its turn has come, before it connects. */
  async start(): Promise<void> {
    if (this.#taking === undefined) return this.#incoming.remove();
    this.#room.listening.hold();
    if (this.#taking.said) await this.#become();
  }

  asked(conversation: WithCoordinator): void {
    this.#answer(conversation).catch(this.#parts.onBug);
  }

  async welcomed(): Promise<void> {
    await this.#room.serial.run(() => this.drop());
  }

  async chosen(moved: Moved): Promise<boolean> {
    const taking = this.#taking;
    if (taking === undefined || moved.key !== taking.key) return false;
    this.#taking = { ...taking, said: true };
    await keepRole(this.#parts.store, { taking: this.#taking });
    this.#room.serial.run(() => this.#become()).catch(this.#parts.onBug);
    return true;
  }

  /** Forgets what was fetched, unless it was said already that it counts. To be called in its turn. */
  async drop(): Promise<void> {
    if (this.#taking === undefined || this.#taking.said) return;
    await this.#forget();
  }

  async #answer(conversation: WithCoordinator): Promise<void> {
    const asked = await conversation.next(PATIENCE_MS);
    if (asked?.step !== 'ask') return;
    const fetched = await foreseen(this.#parts.files.movingFolder, () =>
      this.#fetch(conversation, asked.listen),
    );
    if (!fetched.ok) {
      const problem = plain(fetched.problem);
      if (problem !== null) conversation.say({ step: 'unable', problem });
      await this.#room.serial.run(() => this.#forget());
      return;
    }
    conversation.say({ step: 'have' });
    const last = await conversation.next(PATIENCE_MS);
    if (last?.step === 'off') await this.#room.serial.run(() => this.drop());
  }

  /** Codes: listener-unable, move-failed, those of the stores. */
  async #fetch(conversation: WithCoordinator, wish: ListenWish): Promise<Result<void>> {
    const { store, signingKey, now } = this.#parts;
    const key = await signingKey();
    if (!key.ok) return key;
    const prepared = await this.#room.serial.run(async () => {
      await this.#forget();
      return this.#room.listening.prepare(wish);
    });
    if (!prepared.ok) return prepared;
    const { listener, place } = prepared.value;
    conversation.say({ step: 'ready', place, key: key.value.publicKey });

    const early = await conversation.next(PATIENCE_MS);
    if (early?.step !== 'early') return over();
    // One that has changed meanwhile is fetched with the others.
    await this.#fetchThose(conversation, early.files);
    conversation.say({ step: 'have' });

    const all = await conversation.next(PATIENCE_MS);
    if (all?.step !== 'all') return over();
    const missing = all.files.filter((file) => !this.#incoming.has(file));
    const fetched = await this.#fetchThose(conversation, missing);
    if (!fetched.ok) return fetched;
    const { counts, known } = await store.lookAtHandedOver(this.#incoming.fleetFile);
    if (known > 0)
      return failed('move-failed', { detail: 'tasks of this fleet are on this machine already' });
    for (const [what, count] of Object.entries(all.counts))
      if (Object.entries(counts).find(([name]) => name === what)?.[1] !== count)
        return failed('move-failed', { detail: `the database that arrived has another number of ${what}` });
    // From here on it may be the coordinator without having heard it: nobody is told anything until that is known.
    this.#room.listening.hold();
    const { former } = all;
    this.#taking = { since: now(), listener, place, key: key.value.publicKey, former, said: false };
    await keepRole(store, { taking: this.#taking });
    return ok(undefined);
  }

  async #fetchThose(conversation: WithCoordinator, files: readonly HandedFile[]): Promise<Result<void>> {
    for (const file of files) {
      const fetched = await this.#incoming.fetch(file, async (name, offset) => {
        conversation.say({ step: 'fetch', name, offset });
        const piece = await conversation.next(PATIENCE_MS);
        return piece?.step === 'piece' ? ok(Buffer.from(piece.data, 'base64')) : over();
      });
      if (!fetched.ok) return fetched;
    }
    return ok(undefined);
  }

  /** Is the coordinator from now on. What a process that died over it had done is done again, to the same end. */
  async #become(): Promise<void> {
    const taking = this.#taking;
    if (taking === undefined || !taking.said) return;
    const done = await foreseen(this.#parts.files.movingFolder, async () => {
      await this.#takeStores(taking);
      return ok(undefined);
    });
    if (!done.ok) {
      this.#parts.onBug(new ProblemError(done.problem));
      void this.#becomeLater();
      return;
    }
    this.#taking = undefined;
    await this.#room.members.reload();
    await this.#membership().end();
    await this.#room.listening.takeOver(taking.listener);
    await tell(this.#parts, { kind: 'fleet-taken-over', from: taking.former.name });
    await this.#incoming.remove();
    this.#parts.onRing();
  }

  async #takeStores({ listener, former }: KeptTaking): Promise<void> {
    const { store, own, machine, now } = this.#parts;
    await own.rest();
    try {
      await this.#incoming.place();
      const role = { listener, joined: undefined, moved: undefined, taking: undefined };
      await store.takeOver(
        this.#incoming.fleetFile,
        machine,
        { ...former, state: 'member', pairedAt: now() },
        roleSettings(role),
      );
    } finally {
      await own.goOn();
    }
  }

  async #becomeLater(): Promise<void> {
    await this.#parts.sleep(AGAIN_MS, this.#closing);
    await this.#room.serial.run(async () => {
      if (!this.#closing.aborted) await this.#become();
    });
  }

  async #forget(): Promise<void> {
    if (this.#taking !== undefined) await keepRole(this.#parts.store, { taking: undefined });
    this.#taking = undefined;
    await this.#incoming.remove();
    await this.#room.listening.unprepare();
  }
}

function over(): Result<never> {
  return failed('move-failed', { detail: 'the connection between the two machines broke' });
}
