import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

const DAY = 24 * 60 * 60 * 1000;
/** TLS clients of our time refuse a server certificate that is valid for more than 398 days. */
const SERVER_DAYS = 397;
/** Entra proposes two years for a certificate of an application. */
const CLIENT_DAYS = 730;

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;

/** A certificate authority of one run, and one server certificate that it signed. All texts are PEM. */
export interface TestAuthority {
  /** What a client must trust. */
  readonly caPem: string;
  /** The server's certificate. */
  readonly certPem: string;
  /** The server's private key, PKCS#8. */
  readonly keyPem: string;
}

/** A self-signed certificate with its key, as an application signs in with it. */
export interface ClientCertificate {
  /** Key and certificate in one text, as `--certificate FILE.pem` wants it. */
  readonly pem: string;
  readonly certPem: string;
  /** PKCS#8, not encrypted. */
  readonly keyPem: string;
  /** SHA-256 of the DER form, 64 hex digits, lower case. */
  readonly thumbprintSha256: string;
}

const toPem = (der: ArrayBuffer, tag: string): string => `${PemConverter.encode(der, tag)}\n`;

const privateKeyPem = async (key: webcrypto.CryptoKey): Promise<string> =>
  toPem(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

/** 16 random bytes with the top bit off: a positive number, as RFC 5280 4.1.2.2 wants a serial to be. */
const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f;
  return bytes.toString('hex');
};

/** One day back, because machines of one fleet do not agree on the minute. */
const validity = (now: number, days: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(now - DAY),
  notAfter: new Date(now + days * DAY),
});

/**
 * Makes a certificate authority and a server certificate for `hosts` (DNS names and IP addresses), EC P-256.
 * The authority's key is thrown away, so that nothing else can ever be signed with it.
 */
export const createTestAuthority = async (
  hosts: readonly string[],
  now: number = Date.now(),
): Promise<TestAuthority> => {
  const [first] = hosts;
  if (first === undefined) throw new Error('a server certificate needs at least one host');
  const caKeys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const ca = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Convoy practice authority',
    ...validity(now, SERVER_DAYS),
    keys: caKeys,
    signingAlgorithm: EC,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  const serverKeys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const server = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [first] }],
    issuer: ca.subject,
    ...validity(now, SERVER_DAYS),
    publicKey: serverKeys.publicKey,
    signingKey: caKeys.privateKey,
    signingAlgorithm: EC,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(
        hosts.map((host) =>
          isIP(host) === 0 ? { type: 'dns' as const, value: host } : { type: 'ip' as const, value: host },
        ),
      ),
      await SubjectKeyIdentifierExtension.create(serverKeys.publicKey),
      await AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
  return {
    caPem: toPem(ca.rawData, 'CERTIFICATE'),
    certPem: toPem(server.rawData, 'CERTIFICATE'),
    keyPem: await privateKeyPem(serverKeys.privateKey),
  };
};

/**
 * Makes a self-signed RSA 2048 certificate to sign in app-only with. RSA, because Entra accepts no other
 * kind of key for an application.
 */
export const createClientCertificate = async (
  commonName: string,
  now: number = Date.now(),
): Promise<ClientCertificate> => {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validity(now, CLIENT_DAYS),
    keys,
    signingAlgorithm: RSA,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth]),
    ],
  });
  const certPem = toPem(certificate.rawData, 'CERTIFICATE');
  const keyPem = await privateKeyPem(keys.privateKey);
  const thumbprintSha256 = createHash('sha256').update(Buffer.from(certificate.rawData)).digest('hex');
  return { pem: keyPem + certPem, certPem, keyPem, thumbprintSha256 };
};
