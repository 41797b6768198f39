import type { WebSocket } from 'ws';
import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { Beat, BeatAnswer, FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FromHeir, ToHeir } from '../../../src-shared/contract/hand-over.ts';
import {
  type FromMember,
  type Moved,
  receptionSchema,
  toMemberSchema,
} from '../../../src-shared/contract/wire.ts';
import type { Place } from '../../../src-shared/contract/wire-parts.ts';
import { failed, ok, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import { newKey, type SigningKey } from '../../store/signing-key.ts';
import { parseProblem } from '../parse-problem.ts';
import { pauseBefore } from './backoff.ts';
import { type ConsoleChannel, consoleChannel } from './channel.ts';
import { Conversation } from './conversation.ts';
import { dial, type Line } from './dial.ts';
import { type Dialect, type Dialects, dialects as spoken } from './dialects.ts';
import { keepAlive } from './heartbeat.ts';
import { introduce } from './introduce.ts';
import type { Meeting } from './members.ts';
import { parsedText } from './messages.ts';
import { isAnnounced } from './moved.ts';
import { bytesOf } from './proofs.ts';

/** A coordinator whose pings come and that answers no beat is as good as gone. */
const ANSWER_MS = 15_000;

/** How it stands with the coordinator. */
export type UplinkState = 'connecting' | 'pending' | 'connected' | 'refused';

export interface UplinkParts {
  readonly machine: string;
  readonly name: string;
  readonly place: Place;
  /** The coordinator's key, as it was when this machine joined. */
  readonly coordinator: string;
  /** What it signs in with: one key, or two while it is not known which of them the coordinator has. */
  readonly keys: readonly SigningKey[];
  /** Something is to be heard: beat now. */
  readonly onRing: (ring?: Ring) => void;
  /** The coordinator is elsewhere from now on: to be kept. */
  readonly onMoved: (moved: Moved) => Promise<void>;
  /** The coordinator has let this machine in, and so is the coordinator. */
  readonly onWelcome?: ((name: string) => void) | undefined;
  /** This machine is asked to be the coordinator. */
  readonly onAsked?: ((conversation: Conversation<FromHeir, ToHeir>) => void) | undefined;
  /** A key was taken: it is the only one from now on. */
  readonly onKey: (key: SigningKey) => Promise<void>;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onBug: (error: unknown) => void;
  readonly dialects?: Dialects | undefined;
}

interface Connection {
  readonly socket: WebSocket;
  readonly meeting: Meeting;
  readonly dialect: Dialect;
  readonly channel: ConsoleChannel;
  readonly take: (frame: string) => void;
}

/**
 * The way of a machine that joined to its coordinator: a connection that comes back by itself, and the fleet's contract over
 * it. While there is none, beats fail with `coordinator-away`; an agent keeps what it has to tell.
 */
export class Uplink {
  readonly fleet: FleetContract = {
    beat: (beat) => this.#beat(beat),
    alarm: (alarm) => {
      if (this.#connection !== undefined) this.#say(this.#connection, { kind: 'alarm', alarm });
    },
  };
  readonly #parts: UplinkParts;
  readonly #closing = new AbortController();
  readonly #answers = new Map<number, (answer: Result<BeatAnswer>) => void>();
  readonly #dialects: Dialects;
  readonly #loop: Promise<void>;
  #keys: readonly SigningKey[];
  #place: Place;
  #coordinator: string;
  #connection: Connection | undefined;
  #conversation: Conversation<FromHeir, ToHeir> | undefined;
  #rekeyed: ((done: boolean) => void) | undefined;
  #number = 0;
  state: UplinkState = 'connecting';
  /** Why it is not connected, if it is known. */
  problem: Problem | undefined;

  constructor(parts: UplinkParts) {
    this.#parts = parts;
    this.#dialects = parts.dialects ?? spoken;
    this.#keys = parts.keys;
    this.#place = parts.place;
    this.#coordinator = parts.coordinator;
    this.#loop = this.#run().catch(parts.onBug);
  }

  /** For the console of the coordinator; undefined while there is no connection. Another one after each reconnection. */
  get channel(): ConsoleChannel | undefined {
    return this.#connection?.channel;
  }

  /** Signs in with another key from now on. Codes: coordinator-away. @param keep writes the new key down before it is said */
  async rekey(keep: (pem: string) => Promise<Result<void>>): Promise<Result<void>> {
    const connection = this.#connection;
    if (connection === undefined) return this.#away();
    const { key, pem } = newKey();
    const kept = await keep(pem);
    if (!kept.ok) return kept;
    // Until the answer is there, either may be the one.
    this.#keys = [...this.#keys.slice(0, 1), key];
    const { machine } = this.#parts;
    const transcript = { ...connection.meeting, what: 'rekey', machine, key: key.publicKey } as const;
    const signature = Buffer.from(key.sign(bytesOf(transcript))).toString('base64');
    const done = new Promise<boolean>((resolve) => {
      this.#rekeyed = resolve;
    });
    this.#say(connection, { kind: 'rekey', key: key.publicKey, signature });
    if (!(await done)) return this.#away();
    await this.#settleKey(key);
    return ok(undefined);
  }

  /** Tells the coordinator, if it can be reached, that this machine goes. */
  leave(): void {
    if (this.#connection !== undefined) this.#say(this.#connection, { kind: 'leave' });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#connection?.socket.close(1000);
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let tries = 0; !signal.aborted; tries += 1) {
      const line = await dial(this.#place, signal);
      const met = line.ok ? await this.#signIn(line.value) : line;
      if (met.ok) tries = 0;
      else this.problem = met.problem;
      if (signal.aborted) return;
      await this.#parts.sleep(pauseBefore(tries, this.state === 'refused', this.#parts.random), signal);
    }
  }

  /** Signs in, and serves for as long as the connection lasts. */
  async #signIn(line: Line): Promise<Result<void>> {
    const { machine, name } = this.#parts;
    const [key] = this.#keys;
    if (key === undefined) throw new Error('a machine that joined has a key');
    const protocols = [...this.#dialects.keys()];
    const { fingerprint } = this.#place;
    const met = await introduce(line, { machine, name, key }, { fingerprint, protocols });
    if (!met.ok) {
      line.socket.terminate();
      const refused = met.problem.code !== 'coordinator-unreachable';
      // A change of the key was cut off: it may be the other one that is known.
      if (met.problem.code === 'wire-refused' && this.#keys.length > 1)
        this.#keys = [...this.#keys.slice(1), key];
      this.state = refused ? 'refused' : 'connecting';
      return met;
    }
    await this.#settleKey(key);
    const { reception, meeting } = met.value;
    if (reception.kind === 'moved') {
      line.socket.terminate();
      return (await this.#follow(reception))
        ? ok(undefined)
        : failed('wire-refused', { detail: MOVED_WRONG });
    }
    await this.#serve(line, meeting, reception.kind === 'welcome' ? reception.name : undefined);
    return ok(undefined);
  }

  /** @param welcome the name of the coordinator that has let it in already */
  #serve({ socket }: Line, meeting: Meeting, welcome: string | undefined): Promise<void> {
    return new Promise((resolve) => {
      const stop = keepAlive(socket, this.#parts.now);
      const enter = (coordinator: string): void => {
        const dialect = this.#dialects.get(meeting.protocol);
        if (dialect === undefined) throw new Error(`protocol ${meeting.protocol} was agreed on`);
        const say = (message: FromMember): void => {
          if (this.#connection !== undefined) this.#say(this.#connection, message);
        };
        this.#connection = { socket, meeting, dialect, ...consoleChannel(socket, say) };
        this.state = 'connected';
        this.problem = undefined;
        this.#parts.onWelcome?.(coordinator);
        this.#parts.onRing();
      };
      const follow = (announced: Moved): void => {
        this.#follow(announced)
          .then(() => socket.terminate())
          .catch(this.#parts.onBug);
      };
      socket.on('message', (data: unknown, isBinary: boolean) => {
        const given = parsedText(data, isBinary);
        if (this.#connection?.socket === socket) return this.#hear(socket, given, follow);
        const parsed = receptionSchema.safeParse(given);
        if (parsed.data?.kind === 'welcome') enter(parsed.data.name);
        else if (parsed.data?.kind === 'moved') follow(parsed.data);
        else socket.terminate();
      });
      socket.once('close', () => {
        stop();
        if (this.#connection?.socket === socket) this.#connection = undefined;
        if (this.state !== 'refused') this.state = 'connecting';
        this.#conversation?.end();
        for (const answer of this.#answers.values()) answer(this.#away());
        this.#answers.clear();
        this.#rekeyed?.(false);
        resolve();
      });
      if (welcome !== undefined) enter(welcome);
      else this.state = 'pending';
    });
  }

  #hear(socket: WebSocket, given: unknown, follow: (moved: Moved) => void): void {
    const message = toMemberSchema.safeParse(given).data;
    switch (message?.kind) {
      case 'answer': {
        const { answer, id } = message;
        this.#answers.get(id)?.(answer.ok ? answer : { ok: false, problem: parseProblem(answer.problem) });
        break;
      }
      case 'ring':
        this.#parts.onRing(message.ring);
        break;
      case 'console':
        this.#connection?.take(message.frame);
        break;
      case 'rekeyed':
        this.#rekeyed?.(true);
        break;
      case 'moved':
        follow(message);
        break;
      case 'hand-over':
        this.#converse(message.say);
        break;
      case 'refused':
        this.state = 'refused';
        this.problem = parseProblem({ code: message.code });
        socket.terminate();
        break;
      default:
        // What a coordinator does not say.
        socket.terminate();
    }
  }

  /** What the coordinator says of handing the fleet over. A question begins a conversation, and ends the one before. */
  #converse(said: ToHeir): void {
    const { onAsked } = this.#parts;
    if (said.step === 'ask' && onAsked !== undefined) {
      this.#conversation?.end();
      this.#conversation = new Conversation((words) => {
        if (this.#connection !== undefined) this.#say(this.#connection, { kind: 'hand-over', say: words });
      });
      onAsked(this.#conversation);
    }
    this.#conversation?.hear(said);
  }

  async #beat(beat: Beat): Promise<Result<BeatAnswer>> {
    const connection = this.#connection;
    if (connection === undefined) return this.#away();
    this.#number += 1;
    const id = this.#number;
    const { dialect } = connection;
    const answered = new Promise<Result<BeatAnswer>>((resolve) => {
      const late = setTimeout(() => {
        // Its results may have been taken or not: the next beat tells them again, over another connection.
        connection.socket.terminate();
        resolve(this.#away());
      }, ANSWER_MS);
      this.#answers.set(id, (answer) => {
        clearTimeout(late);
        resolve(answer);
      });
    });
    this.#say(connection, { kind: 'beat', id, beat: dialect.sayBeat(beat) });
    const answer = await answered;
    this.#answers.delete(id);
    return answer.ok ? ok(dialect.hearAnswer(answer.value)) : answer;
  }

  #say({ socket }: Connection, message: FromMember): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  }

  async #follow(moved: Moved): Promise<boolean> {
    if (!isAnnounced(moved, this.#coordinator)) return false;
    await this.#parts.onMoved(moved);
    this.#place = moved.place;
    this.#coordinator = moved.key;
    return true;
  }

  /** Of two keys this is the one. */
  async #settleKey(key: SigningKey): Promise<void> {
    if (this.#keys.length === 1 && this.#keys[0] === key) return;
    this.#keys = [key];
    await this.#parts.onKey(key);
  }

  #away(): Result<never> {
    return failed('coordinator-away', {
      ...(this.problem === undefined ? {} : { detail: this.problem.code }),
    });
  }
}

const MOVED_WRONG = 'it says that the coordinator has moved, and the coordinator has not signed that';
