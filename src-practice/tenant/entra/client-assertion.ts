import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { PracticeApp } from './directory.ts';
import { type DecodedJwt, decodeJwt, verifyJwt } from './jwt.ts';
import { granted, type Outcome, refuse } from './refusals.ts';

/** How far two clocks may differ; Entra allows five minutes. */
const SKEW_SECONDS = 300;

const headerSchema = z.object({
  alg: z.enum(['RS256', 'PS256']),
  'x5t#S256': z.string(),
  x5c: z.array(z.string()).optional(),
});

const payloadSchema = z.object({
  aud: z.string(),
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

const publicKeyOf = (certificate: string | Buffer): { key: KeyObject; thumbprint: string } | undefined => {
  try {
    const parsed = new X509Certificate(certificate);
    return { key: parsed.publicKey, thumbprint: createHash('sha256').update(parsed.raw).digest('hex') };
  } catch {
    // Whatever OpenSSL calls it: what the client sent is not a certificate, and is treated as none.
    return undefined;
  }
};

/** The key to check with, `unknown` when only the thumbprint is on file, or a refusal. */
const keyFor = (
  app: PracticeApp,
  thumbprint: string,
  sent: string | undefined,
): Outcome<KeyObject | 'unknown'> => {
  const registered =
    app.certificates === 'any'
      ? { thumbprintSha256: thumbprint }
      : app.certificates.find((entry) => entry.thumbprintSha256.toLowerCase() === thumbprint);
  if (registered === undefined) {
    const shown = thumbprint.toUpperCase();
    return refuse(700027, `[Reason - The key was not found., Thumbprint of key used by client: '${shown}']`);
  }
  const certificate = registered.certPem ?? (sent === undefined ? undefined : Buffer.from(sent, 'base64'));
  if (certificate === undefined) return granted('unknown');
  const found = publicKeyOf(certificate);
  if (found === undefined || found.thumbprint !== thumbprint) {
    return refuse(
      700027,
      '[Reason - The certificate does not have the thumbprint that the assertion names.]',
    );
  }
  return granted(found.key);
};

const checkSignature = (jwt: DecodedJwt, app: PracticeApp): Outcome<true> => {
  const header = headerSchema.safeParse(jwt.header);
  if (!header.success) return refuse(50027, 'The header must have alg (RS256 or PS256) and x5t#S256.');
  const thumbprint = Buffer.from(header.data['x5t#S256'], 'base64url').toString('hex');
  const key = keyFor(app, thumbprint, header.data.x5c?.[0]);
  if (!key.ok) return key;
  if (key.value !== 'unknown' && !verifyJwt(jwt, key.value)) {
    return refuse(700027, '[Reason - The key used is valid but the signature is not.]');
  }
  return granted(true);
};

/**
 * Checks the signed statement with which an application proves who it is (RFC 7523): the certificate is
 * registered, the signature fits it, issuer and subject are the application, the audience is this token endpoint
 * and the time is right.
 *
 * The signature cannot be checked, and is taken on trust, when only a thumbprint is registered (or `any`) and
 * the client does not send its certificate along.
 * @param audiences - what `aud` may be: the token endpoint or the issuer
 */
export const checkClientAssertion = (
  assertion: string,
  app: PracticeApp,
  audiences: readonly string[],
  now: number,
): Outcome<true> => {
  const jwt = decodeJwt(assertion);
  if (jwt === undefined) return refuse(50027);
  const payload = payloadSchema.safeParse(jwt.payload);
  if (!payload.success) return refuse(50027, 'The assertion must have aud, iss, sub and exp.');
  const { aud, iss, sub, exp, nbf } = payload.data;
  if (iss.toLowerCase() !== app.clientId.toLowerCase() || sub.toLowerCase() !== app.clientId.toLowerCase()) {
    return refuse(700021);
  }
  const signature = checkSignature(jwt, app);
  if (!signature.ok) return signature;
  if (!audiences.includes(aud)) return refuse(700023, `Expected '${audiences[0] ?? ''}'.`);
  const seconds = now / 1000;
  if (exp + SKEW_SECONDS < seconds || (nbf ?? 0) - SKEW_SECONDS > seconds) return refuse(700024);
  return granted(true);
};
