import { randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { fingerprintOf } from './proofs.ts';

const DAY = 24 * 60 * 60_000;
/** Nobody asks an authority about it: machines pin it. A date that comes round would only end a fleet one night. */
const YEARS = 30;

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** What a coordinator shows of itself. PEM texts. */
export interface ServerIdentity {
  readonly key: string;
  readonly certificate: string;
}

/**
 * A key and a certificate that it signed itself. Node reads certificates and makes none; the library that does is
 * loaded when it is needed, at a promotion, since loading it takes a tenth of a second.
 */
export async function makeIdentity(now: number): Promise<ServerIdentity> {
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const serial = randomBytes(16);
  // A positive number, as RFC 5280 4.1.2.2 wants a serial to be.
  serial[0] = (serial[0] ?? 0) & 0x7f;
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial.toString('hex'),
    name: 'CN=Convoy coordinator',
    // One day back, because machines of one fleet do not agree on the minute.
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + YEARS * 365 * DAY),
    keys,
    signingAlgorithm: EC,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    certificate: x509.PemConverter.encode(made.rawData, 'CERTIFICATE'),
  };
}

export function fingerprintOfPem(certificate: string): string {
  return fingerprintOf(new X509Certificate(certificate).raw);
}
