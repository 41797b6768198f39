import { type Reception, receptionSchema } from '../../../src-shared/contract/wire.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import { parseProblem } from '../parse-problem.ts';
import type { Line } from './dial.ts';
import { agreeOn } from './dialects.ts';
import type { Meeting } from './members.ts';
import { parsedText } from './messages.ts';
import { bytesOf, macOf } from './proofs.ts';

/** How long the coordinator may take for an answer. */
const PATIENCE_MS = 10_000;

/** Who this machine is. */
export interface Self {
  readonly machine: string;
  readonly name: string;
  readonly key: SigningKey;
}

/** What a coordinator answered, and what the connection is known by from then on. */
export interface Introduced {
  readonly reception: Exclude<Reception, { kind: 'hello' | 'refused' }>;
  readonly meeting: Meeting;
}

/**
 * Introduces this machine over a connection whose certificate was checked: with an invitation, or with its key. Codes:
 * protocol-unknown, coordinator-unreachable (it went away, or says what it must not), and those of a refusal.
 */
export async function introduce(
  line: Line,
  self: Self,
  given: {
    readonly fingerprint: string;
    readonly protocols: readonly number[];
    readonly invitation?: { readonly id: string; readonly secret: string } | undefined;
  },
): Promise<Result<Introduced>> {
  const ears = listen(line);
  try {
    const hello = await ears.next();
    if (hello?.kind !== 'hello') return gone('it does not greet as a coordinator does');
    const protocol = agreeOn(given.protocols, hello.protocols);
    if (protocol === undefined)
      return failed('protocol-unknown', {
        detail: `it speaks ${hello.protocols.join(', ')}, this machine ${given.protocols.join(', ')}`,
      });
    const { fingerprint, invitation } = given;
    const meeting: Meeting = { protocol, channel: line.channel, nonce: hello.nonce, fingerprint };
    line.socket.send(JSON.stringify(introduction(self, meeting, invitation)));
    const reception = await ears.next();
    if (reception === undefined || reception.kind === 'hello') return gone('it did not answer');
    if (reception.kind === 'refused') return { ok: false, problem: parseProblem({ code: reception.code }) };
    return ok({ reception, meeting });
  } finally {
    ears.close();
  }
}

function introduction(self: Self, meeting: Meeting, invitation: { id: string; secret: string } | undefined) {
  const { machine, name } = self;
  const key = self.key.publicKey;
  const what = invitation === undefined ? 'sign-in' : 'pair';
  const transcript = { ...meeting, what, machine, key } as const;
  const signature = Buffer.from(self.key.sign(bytesOf(transcript))).toString('base64');
  const common = { protocol: meeting.protocol, machine, name, signature };
  if (invitation === undefined) return { kind: 'sign-in', ...common };
  return {
    ...{ kind: 'pair', invitation: invitation.id, key, ...common },
    proof: macOf(invitation.secret, transcript),
  };
}

/** The messages of a reception, one for each call; undefined when there is none, in time and in the right form. */
function listen({ socket }: Line): { next(): Promise<Reception | undefined>; close(): void } {
  const heard: (Reception | undefined)[] = [];
  let wake: (() => void) | undefined;
  let over = false;
  const hear = (data: unknown, isBinary: boolean): void => {
    const parsed = receptionSchema.safeParse(parsedText(data, isBinary));
    heard.push(parsed.success ? parsed.data : undefined);
    wake?.();
  };
  const end = (): void => {
    over = true;
    wake?.();
  };
  const late = setTimeout(end, PATIENCE_MS);
  socket.on('message', hear);
  socket.once('close', end);
  socket.resume();
  return {
    async next() {
      if (heard.length === 0 && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return heard.shift();
    },
    close() {
      clearTimeout(late);
      socket.off('message', hear);
      socket.off('close', end);
    },
  };
}

function gone(detail: string): Result<never> {
  return failed('coordinator-unreachable', { detail });
}
