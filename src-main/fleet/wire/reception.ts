import { introductionSchema, type Reception, type Refusal } from '../../../src-shared/contract/wire.ts';
import type { MemberRecord } from '../../store/fleet-store.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import type { Visitor } from './listener.ts';
import type { Judged, Meeting, Members } from './members.ts';
import { parsedText } from './messages.ts';
import { newNonce } from './proofs.ts';

export interface ReceptionParts {
  readonly members: Members;
  readonly gate: Gatekeeper;
  readonly fingerprint: string;
  /** Versions of the protocol that are spoken here. */
  readonly protocols: readonly number[];
  /** Who the coordinator says it is, to whoever has proved something. */
  readonly self: { readonly name: string; readonly key: string };
  /** A machine has signed in; its connection is no longer this room's. */
  readonly onMember: (visitor: Visitor, member: MemberRecord, meeting: Meeting) => void;
  readonly onBug: (error: unknown) => void;
}

/**
 * Receives a visitor: a greeting with a challenge, one introduction, one answer. Whoever says anything else, or anything more
 * before the answer, is sent away; a proof is heard once and over this connection only.
 */
export function receive(visitor: Visitor, parts: ReceptionParts): void {
  const { socket } = visitor;
  const nonce = newNonce();
  let introduced = false;
  const first = (data: unknown, isBinary: boolean): void => {
    const parsed = introductionSchema.safeParse(parsedText(data, isBinary));
    if (introduced || !parsed.success) {
      visitor.refuse('form');
      return;
    }
    introduced = true;
    const given = parsed.data;
    const meeting: Meeting = {
      protocol: given.protocol,
      channel: visitor.channel,
      nonce,
      fingerprint: parts.fingerprint,
    };
    const answer = async (): Promise<void> => {
      if (!parts.protocols.includes(given.protocol)) return refuse(visitor, 'protocol-unknown', false);
      if (given.kind === 'pair' && parts.gate.heldOff(visitor.address))
        return refuse(visitor, 'pairing-held-off', false);
      const judged: Judged =
        given.kind === 'pair'
          ? await parts.members.pair(given, meeting)
          : await parts.members.signIn(given, meeting);
      if (socket.readyState !== socket.OPEN) return;
      if ('refusal' in judged) return refuse(visitor, judged.refusal, judged.nuisance);
      visitor.known();
      if (given.kind === 'pair') {
        say(visitor, { kind: judged.member.state === 'member' ? 'welcome' : 'pending', ...parts.self });
        // From here on it signs in with its key.
        socket.close(1000);
        return;
      }
      socket.off('message', first);
      parts.onMember(visitor, judged.member, meeting);
    };
    answer().catch((error: unknown) => {
      parts.onBug(error);
      socket.terminate();
    });
  };
  socket.on('message', first);
  say(visitor, { kind: 'hello', protocols: [...parts.protocols], nonce });
}

/** Says why, and ends the connection a moment later. What is counted is counted at once. */
function refuse(visitor: Visitor, code: Refusal, nuisance: boolean): void {
  say(visitor, { kind: 'refused', code });
  // The words leave with the closing; whoever does not close is cut off by the deadline for strangers.
  visitor.socket.close(4403);
  if (nuisance) visitor.count('proof');
}

function say({ socket }: Visitor, message: Reception): void {
  socket.send(JSON.stringify(message));
}
