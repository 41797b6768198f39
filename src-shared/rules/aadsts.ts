import type { Code } from '../catalogue/catalogue.ts';

/**
 * What the refusals of Microsoft Entra mean to whoever signs in, by their AADSTS number. Source: learn.microsoft.com "Microsoft Entra
 * authentication and authorization error codes".
 */
const codeOf: Readonly<Record<number, Code>> = {
  // A device code: nobody has typed it; it has ended.
  70016: 'sign-in-timed-out',
  70020: 'sign-in-timed-out',
  // The person said no to the permissions.
  65004: 'sign-in-cancelled',
  65001: 'sign-in-consent-missing',
  90094: 'sign-in-consent-missing',
  90095: 'sign-in-consent-missing',
  // Locked, disabled, not assigned, and conditional access.
  50053: 'sign-in-blocked',
  50057: 'sign-in-blocked',
  50105: 'sign-in-blocked',
  53000: 'sign-in-blocked',
  53001: 'sign-in-blocked',
  53002: 'sign-in-blocked',
  53003: 'sign-in-blocked',
  53004: 'sign-in-blocked',
  53009: 'sign-in-blocked',
  53011: 'sign-in-blocked',
  700016: 'sign-in-app-unknown',
  700038: 'sign-in-app-unknown',
  90002: 'sign-in-tenant-unknown',
  50020: 'sign-in-wrong-tenant',
  50034: 'sign-in-wrong-tenant',
  90072: 'sign-in-wrong-tenant',
  900382: 'sign-in-wrong-cloud',
  900432: 'sign-in-wrong-cloud',
  900439: 'sign-in-wrong-cloud',
  700024: 'sign-in-clock-wrong',
  50011: 'sign-in-not-public',
  7000218: 'sign-in-not-public',
  700027: 'certificate-not-registered',
  7000222: 'certificate-not-registered',
};

/** The number in what Entra said, `AADSTS53003: ...`; undefined where there is none. */
export function aadstsNumber(text: string): number | undefined {
  const digits = /AADSTS(\d{1,9})\b/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The code for a refusal; `sign-in-refused` for those that have none of their own. */
export function codeOfRefusal(text: string): Code {
  return codeOf[aadstsNumber(text) ?? 0] ?? 'sign-in-refused';
}
