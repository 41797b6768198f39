import type { FromHeir, ToHeir } from '../../../../src-shared/contract/hand-over.ts';
import type { ListenWish } from '../../../../src-shared/contract/listen-wish.ts';
import type { Moved } from '../../../../src-shared/contract/wire.ts';
import { failed, ok, ProblemError, type Result } from '../../../../src-shared/model/problem.ts';
import type { MemberRecord } from '../../../store/fleet-store.ts';
import type { SigningKey } from '../../../store/signing-key.ts';
import { parseProblem } from '../../parse-problem.ts';
import type { Conversation } from '../../wire/conversation.ts';
import { dial } from '../../wire/dial.ts';
import { announceMove } from '../../wire/moved.ts';
import { type FleetDeskParts, tell } from '../desk-parts.ts';
import { type KeptJoined, roleSettings } from '../kept-role.ts';
import type { Listening } from '../listening.ts';
import type { Membership } from '../membership.ts';
import { foreseen } from './foreseen.ts';
import { Outgoing } from './outgoing.ts';

type WithHeir = Conversation<ToHeir, FromHeir>;
type Ready = Extract<FromHeir, { step: 'ready' }>;
/** Where the coordinator is from now on, for the others and for this machine. */
interface Gone {
  readonly moved: Moved;
  readonly joined: KeptJoined;
}

/** How long the other machine may take for its next word: it checks a database. */
const PATIENCE_MS = 120_000;

/**
 * The side of the coordinator that hands the fleet over to a machine that has joined (decision 29). Until it has written down that the coordinator is
 * elsewhere, in one step together with forgetting the fleet, anything may go wrong and it goes on as before; from then on it is a machine like the others.
 */
export class GivingAway {
  readonly #parts: FleetDeskParts;
  readonly #listening: Listening;
  readonly #membership: Membership;
  readonly #closing: AbortSignal;
  readonly #outgoing: Outgoing;

  constructor(parts: FleetDeskParts, listening: Listening, membership: Membership, closing: AbortSignal) {
    this.#parts = parts;
    this.#listening = listening;
    this.#membership = membership;
    this.#closing = closing;
    this.#outgoing = new Outgoing(parts.store, parts.files);
  }

  /** Clears up after a process that died over it. */
  start(): Promise<void> {
    return this.#outgoing.remove();
  }

  /** Code: move-failed, with what is in the way in its detail. */
  async to(member: MemberRecord, listen: ListenWish): Promise<Result<void>> {
    const conversation = this.#listening.converse(member.machine);
    if (conversation === undefined) return inTheWay(member, 'it is not connected');
    const end = (): void => conversation.end();
    this.#closing.addEventListener('abort', end);
    try {
      const done = await foreseen(this.#parts.files.movingFolder, () =>
        this.#hand(conversation, member, listen),
      );
      if (done.ok) return done;
      conversation.say({ step: 'off' });
      const { code, detail } = done.problem;
      return code === 'move-failed'
        ? inTheWay(member, detail)
        : inTheWay(member, detail === undefined ? code : `${code}: ${detail}`);
    } finally {
      this.#closing.removeEventListener('abort', end);
      conversation.end();
    }
  }

  async #hand(conversation: WithHeir, member: MemberRecord, listen: ListenWish): Promise<Result<void>> {
    const key = await this.#parts.signingKey();
    if (!key.ok) return key;
    conversation.say({ step: 'ask', listen });
    const ready = await conversation.next(PATIENCE_MS);
    if (ready?.step !== 'ready') return unable(ready);
    conversation.say({ step: 'early', files: await this.#outgoing.early() });
    const early = await this.#serve(conversation);
    if (!early.ok) return early;

    if (this.#parts.own.isReporting())
      return failed('move-failed', {
        detail: 'a report or a verification is under way here: wait for its end',
      });
    this.#listening.hold();
    let gone: Gone | undefined;
    try {
      await this.#parts.own.rest();
      const given = await this.#giveAll(conversation, member, ready, key.value);
      if (!given.ok) return given;
      gone = given.value;
    } finally {
      if (gone === undefined) await this.#stay();
    }
    await this.#settle(member, gone);
    return ok(undefined);
  }

  /** The fleet rests meanwhile. Its last step is the one after which the coordinator is elsewhere. */
  async #giveAll(
    conversation: WithHeir,
    member: MemberRecord,
    { place, key }: Ready,
    own: SigningKey,
  ): Promise<Result<Gone>> {
    const { store, machine, name, now } = this.#parts;
    const memberKey = await this.#membership.makeKey();
    if (!memberKey.ok) return memberKey;
    const former = { machine, name, key: memberKey.value.publicKey };
    const counts = await store.handedCounts();
    conversation.say({ step: 'all', files: await this.#outgoing.all(), counts, former });
    const served = await this.#serve(conversation);
    if (!served.ok) return served;
    // Whoever cannot be reached can be nobody's coordinator.
    const line = await dial(place, this.#closing);
    if (!line.ok) return line;
    line.value.socket.terminate();
    if (conversation.over) return unable(undefined);
    const moved = announceMove(place, key, now(), own);
    const joined = { place, key, name: member.name };
    // Nothing stands after it here that could fail: whoever has handed over must not stay.
    await store.handOver(roleSettings({ moved, joined }));
    return ok({ moved, joined });
  }

  /** It is no coordinator any more: what is left to do cannot undo that. */
  async #settle(member: MemberRecord, { moved, joined }: Gone): Promise<void> {
    this.#listening.tellMoved(moved);
    await this.#parts.own.goOn();
    await this.#membership.follow(joined);
    await tell(this.#parts, { kind: 'fleet-moved', to: member.name });
    const kept = await foreseen(this.#parts.files.movingFolder, async () => {
      // A damaged database falls back to its last backup, and there the fleet is still at home here.
      await this.#parts.store.backUp();
      await this.#outgoing.keep();
      return ok(undefined);
    });
    if (!kept.ok) this.#parts.onBug(new ProblemError(kept.problem));
    this.#parts.onRing();
  }

  async #stay(): Promise<void> {
    await this.#parts.own.goOn();
    this.#listening.letIn();
    await this.#membership.dropKey();
    await this.#outgoing.remove();
    this.#parts.onRing();
  }

  /** Answers what is fetched, until the other machine has all of it. */
  async #serve(conversation: WithHeir): Promise<Result<void>> {
    for (;;) {
      const heard = await conversation.next(PATIENCE_MS);
      if (heard?.step === 'have') return ok(undefined);
      if (heard?.step !== 'fetch') return unable(heard);
      const piece = await this.#outgoing.piece(heard.name, heard.offset);
      if (piece === undefined)
        return failed('move-failed', { detail: `it asks for ${heard.name}, which is not part of the fleet` });
      conversation.say({ step: 'piece', data: piece.toString('base64') });
    }
  }
}

/** Why the other machine does not go on. */
function unable(heard: FromHeir | undefined): Result<never> {
  if (heard?.step === 'unable') return { ok: false, problem: parseProblem(heard.problem) };
  return failed('move-failed', {
    detail: heard === undefined ? 'the connection broke' : 'it answers something else than it was asked',
  });
}

function inTheWay({ name }: MemberRecord, detail: string | undefined): Result<never> {
  return failed('move-failed', { where: name, ...(detail === undefined ? {} : { detail }) });
}
