import { createPrivateKey, X509Certificate } from 'node:crypto';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';

/** What an application signs in with: a key and the certificate that Entra knows it by. */
export interface AppCertificate {
  /** PKCS#8, PEM, not encrypted. Secret. */
  readonly privateKey: string;
  /** SHA-256 of the certificate's DER form, 64 hex digits, lower case. */
  readonly thumbprintSha256: string;
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * Reads a PEM text with a private key and its certificate, in any order and with anything between them (bag
 * attributes of openssl, a chain). Of several certificates the one that belongs to the key is taken.
 * Code: certificate-unreadable; the detail says what is missing and never holds any of the text.
 */
export function readCertificate(pem: string): Result<AppCertificate> {
  const blocks = [...pem.matchAll(BLOCK)].map(([text, label = '']) => ({ text, label }));
  const keyBlock = blocks.find(({ label }) => label.endsWith('PRIVATE KEY'));
  const certificateBlocks = blocks.filter(({ label }) => label === 'CERTIFICATE');
  if (keyBlock === undefined) return unreadable('there is no private key in it');
  if (keyBlock.label.startsWith('ENCRYPTED') || keyBlock.text.includes('Proc-Type: 4,ENCRYPTED')) {
    return unreadable('the private key is encrypted');
  }
  if (certificateBlocks.length === 0) return unreadable('there is no certificate in it');
  try {
    const key = createPrivateKey(keyBlock.text);
    // Entra accepts no other kind of key for an application.
    if (key.asymmetricKeyType !== 'rsa') return unreadable(`the key is ${key.asymmetricKeyType}, not RSA`);
    const own = certificateBlocks
      .map(({ text }) => new X509Certificate(text))
      .find((certificate) => certificate.checkPrivateKey(key));
    if (own === undefined) return unreadable('key and certificate do not belong together');
    return ok({
      privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
      thumbprintSha256: own.fingerprint256.replaceAll(':', '').toLowerCase(),
      subject: own.subject,
      expires: own.validToDate.getTime(),
    });
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function unreadable(detail: string): Result<never> {
  return failed('certificate-unreadable', { detail });
}
