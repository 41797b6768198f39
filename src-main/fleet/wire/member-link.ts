import { z } from 'zod';
import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { BeatAnswer, FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FromHeir, ToHeir } from '../../../src-shared/contract/hand-over.ts';
import { fromMemberSchema, type ToMember } from '../../../src-shared/contract/wire.ts';
import { failed, type Result } from '../../../src-shared/model/problem.ts';
import { idSchema } from '../../../src-shared/model/task.ts';
import { type ConsoleChannel, consoleChannel } from './channel.ts';
import { Conversation } from './conversation.ts';
import type { Dialect } from './dialects.ts';
import { keepAlive } from './heartbeat.ts';
import type { Visitor } from './listener.ts';
import type { Meeting, Members } from './members.ts';
import { parsedText } from './messages.ts';

/** A machine beats again when the last beat was answered. More at once than this is no machine of ours. */
const MOST_BEATS = 4;
/** What a machine has not read yet; then it is cut off, for it would fill this one's memory. */
const MOST_UNREAD_BYTES = 64 * 1024 * 1024;

export interface MemberLinkParts {
  readonly members: Members;
  readonly fleet: FleetContract;
  readonly dialect: Dialect;
  readonly serveConsole: (channel: ConsoleChannel) => void;
  /** False while nothing about machines may change: what would change it ends the connection, and is tried again over the next. */
  readonly receives: () => boolean;
  readonly now: () => number;
  /** Called once, when the connection is over. */
  readonly onGone: () => void;
  readonly onBug: (error: unknown) => void;
}

/** The connection of a machine that is known: it beats, asks as a screen does, and is rung for. */
export interface MemberLink {
  ring(ring?: Ring): void;
  say(message: ToMember): void;
  /** Speaks with it about handing the fleet over; what was spoken about before is over. */
  converse(): Conversation<ToHeir, FromHeir>;
  close(code: number): void;
}

/** Serves a machine for as long as its connection lasts. What has the wrong form ends the connection: it is no machine of ours. */
export function serveMember(
  visitor: Visitor,
  machine: string,
  meeting: Meeting,
  parts: MemberLinkParts,
): MemberLink {
  const { socket } = visitor;
  const { dialect, fleet } = parts;
  let beats = 0;
  let conversation: Conversation<ToHeir, FromHeir> | undefined;

  const say = (message: ToMember): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_UNREAD_BYTES) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const { channel, take } = consoleChannel(socket, say);
  const guard = (work: Promise<void>): void => {
    work.catch((error: unknown) => {
      parts.onBug(error);
      socket.terminate();
    });
  };

  const beat = async (id: number, given: unknown): Promise<void> => {
    const answer = await judge(dialect.hearBeat(given));
    say({ kind: 'answer', id, answer: plain(answer, dialect) });
  };
  const judge = async (heard: unknown): Promise<Result<BeatAnswer>> => {
    const who = beatOfSchema.safeParse(heard);
    if (!who.success || who.data.machine !== machine)
      return failed('bad-request', { detail: 'the beat of another machine' });
    // The coordinator parses all of it.
    return fleet.beat(heard as Parameters<FleetContract['beat']>[0]);
  };

  socket.on('message', (data: unknown, isBinary: boolean) => {
    const parsed = fromMemberSchema.safeParse(parsedText(data, isBinary));
    if (!parsed.success) return visitor.refuse('form');
    const message = parsed.data;
    switch (message.kind) {
      case 'beat':
        if (beats >= MOST_BEATS) return visitor.refuse('crowd');
        beats += 1;
        return guard(
          beat(message.id, message.beat).finally(() => {
            beats -= 1;
          }),
        );
      case 'alarm':
        if (message.alarm.machine === machine) fleet.alarm?.(message.alarm);
        return;
      case 'console':
        return take(message.frame);
      case 'hand-over':
        return conversation?.hear(message.say);
      case 'rekey':
        if (!parts.receives()) return socket.terminate();
        return guard(
          parts.members.rekey(machine, message.key, message.signature, meeting).then((done) => {
            if (done) say({ kind: 'rekeyed' });
            else visitor.refuse('proof');
          }),
        );
      case 'leave':
        if (!parts.receives()) return socket.terminate();
        return guard(parts.members.leave(machine).then(() => socket.close(1000)));
    }
  });
  socket.once('close', () => {
    conversation?.end();
    parts.onGone();
  });
  keepAlive(socket, parts.now);
  parts.serveConsole(channel);
  return {
    ring: (ring) => say({ kind: 'ring', ...(ring === undefined ? {} : { ring }) }),
    say,
    converse() {
      conversation?.end();
      conversation = new Conversation((words) => say({ kind: 'hand-over', say: words }));
      return conversation;
    },
    close: (code) => socket.close(code),
  };
}

const beatOfSchema = z.looseObject({ machine: idSchema });

/** The answer in the machine's version of the protocol; a problem as plain data. */
function plain(
  answer: Result<BeatAnswer>,
  dialect: Dialect,
): Extract<ToMember, { kind: 'answer' }>['answer'] {
  if (answer.ok) return { ok: true, value: dialect.sayAnswer(answer.value) };
  const { code, where, detail, retryAt } = answer.problem;
  return {
    ok: false,
    problem: {
      code,
      ...(where === undefined ? {} : { where }),
      ...(detail === undefined ? {} : { detail }),
      ...(retryAt === undefined ? {} : { retryAt }),
    },
  };
}
