import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Invitation, invitationText, readInvitation } from './invitation.ts';

const url64 = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
    minLength: length,
    maxLength: length,
  });
const invitations: fc.Arbitrary<Invitation> = fc.record({
  addresses: fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()), { minLength: 1, maxLength: 4 }),
  port: fc.integer({ min: 1, max: 65_535 }),
  fingerprint: url64(43),
  id: url64(8),
  secret: url64(22),
});

describe('an invitation', () => {
  it('is one line that says the same when it is read again, however a mail program broke it', () => {
    fc.assert(
      fc.property(invitations, fc.nat(), (invitation, at) => {
        const line = invitationText(invitation);
        expect(line).not.toMatch(/\s/);
        const cut = at % line.length;
        const broken = `  ${line.slice(0, cut)}\r\n  ${line.slice(cut)}\n`;
        expect(readInvitation(broken)).toEqual({ ok: true, value: invitation });
      }),
    );
  });

  it('that was cut or mistyped is told as that', () => {
    fc.assert(
      fc.property(invitations, fc.nat(), fc.boolean(), (invitation, at, cuts) => {
        const line = invitationText(invitation);
        const place = at % line.length;
        const wrong = cuts
          ? line.slice(0, place)
          : `${line.slice(0, place)}${line[place] === 'x' ? 'y' : 'x'}${line.slice(place + 1)}`;
        expect(readInvitation(wrong)).toMatchObject({ problem: { code: 'invitation-unreadable' } });
      }),
    );
  });
});
