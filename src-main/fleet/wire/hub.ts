import { once } from 'node:events';
import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FromHeir, ToHeir } from '../../../src-shared/contract/hand-over.ts';
import type { Moved } from '../../../src-shared/contract/wire.ts';
import { ok, type Result } from '../../../src-shared/model/problem.ts';
import type { MemberRecord } from '../../store/fleet-store.ts';
import { fingerprintOfPem, type ServerIdentity } from './certificate.ts';
import type { ConsoleChannel } from './channel.ts';
import type { Conversation } from './conversation.ts';
import { type Dialects, dialects as spoken } from './dialects.ts';
import { Gatekeeper } from './gatekeeper.ts';
import { keepAlive } from './heartbeat.ts';
import { openListener, type Visitor } from './listener.ts';
import { type MemberLink, serveMember } from './member-link.ts';
import type { Meeting, Members } from './members.ts';
import { NuisanceLog } from './nuisance-log.ts';
import { receive } from './reception.ts';

export interface HubParts {
  readonly members: Members;
  readonly identity: ServerIdentity;
  /** The interface; undefined for all. */
  readonly host: string | undefined;
  /** 0 for any that is free. */
  readonly port: number;
  readonly self: { readonly name: string; readonly key: string };
  readonly fleet: FleetContract;
  readonly serveConsole: (channel: ConsoleChannel) => void;
  /**
   * A machine closed its connection and may have ended. Not told of one that fell silent: it may be cut off and at work, as long as its lease lasts.
   */
  readonly onGone: (machine: string) => void;
  /** Set when the coordinator is elsewhere: machines hear that and nothing else. */
  readonly moved?: (() => Moved | undefined) | undefined;
  /** False while it is not known whether this is the coordinator: whoever comes is sent away and comes again. Always true when absent. */
  readonly receives?: (() => boolean) | undefined;
  readonly now: () => number;
  readonly onBug: (error: unknown) => void;
  readonly dialects?: Dialects | undefined;
  /** How long a stranger may take, in milliseconds. */
  readonly deadlineMs?: number | undefined;
}

/** A coordinator's door for other machines. */
export interface Hub {
  readonly port: number;
  readonly fingerprint: string;
  /** Machines whose connection is open and who have been let in. */
  connected(): ReadonlySet<string>;
  /** Lets every machine beat at once, or one of them, which hears at the same time what cannot wait for that. */
  ring(machine?: string, ring?: Ring): void;
  /** A machine was accepted, or sent away: what is open of it is gone on with, or ended. */
  judged(member: MemberRecord): void;
  /** Speaks with a machine about handing the fleet over; undefined for one that is not connected. */
  converse(machine: string): Conversation<ToHeir, FromHeir> | undefined;
  /** Tells every machine where the coordinator is from now on. */
  tellMoved(moved: Moved): void;
  /** Ends all connections; it is over when all of them are. */
  close(): Promise<void>;
}

/** A machine to which nobody has said yes. */
interface Waiting {
  readonly visitor: Visitor;
  readonly meeting: Meeting;
  /** Lets somebody else listen to it. */
  readonly stop: () => void;
}

/** Rings that come within this time are one. */
const RING_TOGETHER_MS = 20;
const TICK_MS = 15_000;
/** The code of a WebSocket that is closed for now (IANA's registry of close codes). */
const TRY_AGAIN_LATER = 1013;

/** Opens the listener and serves whoever joins. Code: listener-unable. */
export async function openHub(parts: HubParts): Promise<Result<Hub>> {
  const { members, now, onBug } = parts;
  const dialects = parts.dialects ?? spoken;
  const receives = parts.receives ?? (() => true);
  const fingerprint = fingerprintOfPem(parts.identity.certificate);
  const gate = new Gatekeeper(now);
  const log = new NuisanceLog(now, (told) => {
    members.tell({ kind: 'stranger-refused', ...told }).catch(onBug);
  });
  const links = new Map<string, { readonly link: MemberLink; readonly visitor: Visitor }>();
  const waiting = new Map<string, Waiting>();

  const letIn = (visitor: Visitor, { machine }: MemberRecord, meeting: Meeting): void => {
    const dialect = dialects.get(meeting.protocol);
    if (dialect === undefined)
      throw new Error(`protocol ${meeting.protocol} was agreed on and is not spoken`);
    // The connection before died and nobody noticed yet. Its end is no news any more.
    links.get(machine)?.visitor.socket.terminate();
    const link = serveMember(visitor, machine, meeting, {
      members,
      dialect,
      now,
      onBug,
      receives,
      fleet: parts.fleet,
      serveConsole: parts.serveConsole,
      onGone() {
        if (links.get(machine)?.visitor !== visitor) return;
        links.delete(machine);
        if (visitor.hasLeft()) parts.onGone(machine);
      },
    });
    links.set(machine, { link, visitor });
    visitor.socket.send(JSON.stringify({ kind: 'welcome', ...parts.self }));
  };

  const letWait = (visitor: Visitor, { machine }: MemberRecord, meeting: Meeting): void => {
    waiting.get(machine)?.visitor.socket.terminate();
    const { socket } = visitor;
    const talk = (): void => visitor.refuse('form');
    socket.on('message', talk);
    socket.once('close', () => {
      if (waiting.get(machine)?.visitor === visitor) waiting.delete(machine);
    });
    const rest = keepAlive(socket, now);
    const stop = (): void => {
      rest();
      socket.off('message', talk);
    };
    waiting.set(machine, { visitor, meeting, stop });
    socket.send(JSON.stringify({ kind: 'pending', ...parts.self }));
  };

  const opened = await openListener({
    identity: parts.identity,
    host: parts.host,
    port: parts.port,
    deadlineMs: parts.deadlineMs,
    gate,
    onRefused: (address, why) => log.note(address, why),
    onVisitor(visitor) {
      if (!receives()) return visitor.socket.close(TRY_AGAIN_LATER);
      receive(visitor, {
        ...{ members, gate, fingerprint, onBug, self: parts.self },
        protocols: [...dialects.keys()],
        onMember(known, member, meeting) {
          const moved = parts.moved?.();
          // It came while the coordinator still was one, and was looked at for so long.
          if (!receives()) known.socket.terminate();
          else if (moved !== undefined) {
            known.socket.send(JSON.stringify(moved));
            known.socket.close(1000);
          } else if (member.state === 'member') letIn(known, member, meeting);
          else letWait(known, member, meeting);
        },
      });
    },
  });
  if (!opened.ok) return opened;
  const listener = opened.value;
  const ticking = setInterval(() => log.tick(), TICK_MS).unref();
  const ring = together(() => {
    for (const { link } of links.values()) link.ring();
  });

  return ok({
    port: listener.port,
    fingerprint,
    connected: () => new Set(links.keys()),
    ring(machine, news) {
      if (machine === undefined) ring();
      else links.get(machine)?.link.ring(news);
    },
    judged(member) {
      const { machine, state } = member;
      const waits = waiting.get(machine);
      if (state === 'member' && waits !== undefined) {
        waiting.delete(machine);
        waits.stop();
        letIn(waits.visitor, member, waits.meeting);
      }
      if (state !== 'revoked') return;
      const linked = links.get(machine)?.visitor;
      // That it closes then does not mean that it has ended.
      links.delete(machine);
      for (const socket of [waits?.visitor.socket, linked?.socket]) {
        if (socket === undefined) continue;
        socket.send(JSON.stringify({ kind: 'refused', code: 'machine-revoked' }));
        socket.removeAllListeners('message');
        socket.close(4403);
      }
    },
    converse: (machine) => links.get(machine)?.link.converse(),
    tellMoved(moved) {
      for (const { link } of links.values()) link.say(moved);
      for (const { visitor } of waiting.values()) visitor.socket.send(JSON.stringify(moved));
    },
    async close() {
      clearInterval(ticking);
      const ends = [...links.values()].map(({ visitor }) => once(visitor.socket, 'close'));
      await listener.close();
      await Promise.all(ends);
      log.tick(true);
    },
  });
}

/** The first call acts at once; those that follow closely act once more, together. */
function together(act: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const call = (): void => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    act();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) {
        again = false;
        call();
      }
    }, RING_TOGETHER_MS);
    timer.unref();
  };
  return call;
}
