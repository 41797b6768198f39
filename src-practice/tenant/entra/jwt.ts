import { constants, createHash, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { z } from 'zod';

/** A JSON Web Token taken apart, nothing of it verified. */
export interface DecodedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** What was signed: the first two parts with the dot between them. */
  readonly signed: string;
  readonly signature: Buffer;
}

const partSchema = z.record(z.string(), z.unknown());

const parsePart = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    return partSchema.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Takes a token apart; `undefined` when it is not one. */
export const decodeJwt = (token: string): DecodedJwt | undefined => {
  const [head, body, signature, ...rest] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || rest.length > 0)
    return undefined;
  const header = parsePart(head);
  const payload = parsePart(body);
  if (header === undefined || payload === undefined) return undefined;
  return { header, payload, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
};

/**
 * Says whether a token was signed by the owner of `key`. RS256 and PS256 only: the two that Entra takes in a
 * client assertion (msal-node signs PS256 when it is given a SHA-256 thumbprint, RS256 with a SHA-1 one).
 */
export const verifyJwt = (jwt: DecodedJwt, key: KeyObject): boolean => {
  const data = Buffer.from(jwt.signed);
  switch (jwt.header['alg']) {
    case 'RS256':
      return verify('sha256', data, key, jwt.signature);
    case 'PS256':
      return verify(
        'sha256',
        data,
        { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
        jwt.signature,
      );
    default:
      return false;
  }
};

/** The key that a practice tenant signs its tokens with, new in each process. */
export interface SigningKey {
  readonly sign: (payload: Readonly<Record<string, unknown>>) => string;
  readonly verify: (jwt: DecodedJwt) => boolean;
  /** The public half as an entry of a JSON Web Key Set. */
  readonly jwk: Readonly<Record<string, unknown>>;
}

export const createSigningKey = (): SigningKey => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const exported = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify(exported)).digest('base64url').slice(0, 27);
  const head = Buffer.from(JSON.stringify({ typ: 'JWT', alg: 'RS256', kid })).toString('base64url');
  return {
    sign: (payload) => {
      const signed = `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
      return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
    },
    verify: (jwt) => jwt.header['kid'] === kid && jwt.header['alg'] === 'RS256' && verifyJwt(jwt, publicKey),
    jwk: { ...exported, kid, use: 'sig', alg: 'RS256' },
  };
};
