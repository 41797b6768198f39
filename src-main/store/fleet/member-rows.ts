import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { InvitationRecord, MemberRecord } from '../fleet-store.ts';

const memberRow = z
  .object({
    machine: z.string(),
    name: z.string(),
    key: z.string(),
    state: z.enum(['pending', 'member', 'revoked']),
    paired_at: z.number(),
  })
  .transform(({ paired_at, ...member }): MemberRecord => ({ ...member, pairedAt: paired_at }));

const invitationRow = z
  .object({
    id: z.string(),
    secret: z.instanceof(Uint8Array),
    expires_at: z.number(),
    accepts: z.number(),
    used_key: z.string().nullable(),
  })
  .transform(
    ({ expires_at, accepts, used_key, secret, ...invitation }): InvitationRecord => ({
      ...invitation,
      secret: new Uint8Array(secret),
      expiresAt: expires_at,
      accepts: accepts === 1,
      usedKey: used_key,
    }),
  );

/** Used and expired invitations are remembered for so long, so that whoever comes with one hears why it is none any more. */
const REMEMBERED_MS = 7 * 24 * 60 * 60_000;

/** The procedures for machines that joined and for invitations. */
export function memberRows(database: Database) {
  const all = database.prepare('SELECT * FROM member ORDER BY paired_at, machine');
  const put = database.prepare('INSERT OR REPLACE INTO member VALUES (?, ?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM member WHERE machine = ?');
  const invite = database.prepare('INSERT INTO invitation VALUES (?, ?, ?, ?, NULL)');
  const forget = database.prepare('DELETE FROM invitation WHERE expires_at < ?');
  const clear = database.prepare('DELETE FROM invitation');
  const one = database.prepare('SELECT * FROM invitation WHERE id = ?');
  const use = database.prepare('UPDATE invitation SET used_key = ? WHERE id = ? AND used_key IS NULL');
  const saveMember = ({ machine, name, key, state, pairedAt }: MemberRecord): void => {
    put.run(machine, name, key, state, pairedAt);
  };
  return {
    members: (): readonly MemberRecord[] => all.all().map((row) => memberRow.parse(row)),
    saveMember,
    removeMember(machine: string): void {
      remove.run(machine);
    },
    addInvitation({ id, secret, expiresAt, accepts }: Omit<InvitationRecord, 'usedKey'>, now: number): void {
      forget.run(now - REMEMBERED_MS);
      invite.run(id, secret, expiresAt, accepts ? 1 : 0);
    },
    invitation(id: string): InvitationRecord | undefined {
      const row = one.get(id);
      return row === undefined ? undefined : invitationRow.parse(row);
    },
    /** In one step: of two who come with the same invitation, one gets in. */
    spendInvitation(id: string, member: MemberRecord): boolean {
      if (use.run(member.key, id).changes === 0) return false;
      saveMember(member);
      return true;
    },
    clearInvitations(): void {
      clear.run();
    },
  };
}
