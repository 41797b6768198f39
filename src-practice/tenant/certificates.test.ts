import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request } from 'node:https';
import { describe, expect, it } from 'vitest';
import { createClientCertificate, createTestAuthority } from './certificates.ts';

describe('createTestAuthority', () => {
  it('makes a server certificate that a client trusts by name and by address', async () => {
    const authority = await createTestAuthority(['localhost', 'login.practice.test', '127.0.0.1', '::1']);
    const server = createServer({ key: authority.keyPem, cert: authority.certPem }, (_req, res) => {
      res.end('hello');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const ask = async (servername: string, ca?: string): Promise<number | string> =>
      new Promise((resolve) => {
        const call = request(
          { host: '127.0.0.1', port: address.port, servername, agent: false, ...(ca ? { ca } : {}) },
          (res) => {
            res.resume();
            resolve(res.statusCode ?? 0);
          },
        );
        call.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
        call.end();
      });
    try {
      expect(await ask('localhost', authority.caPem)).toBe(200);
      expect(await ask('login.practice.test', authority.caPem)).toBe(200);
      expect(await ask('', authority.caPem)).toBe(200);
      expect(await ask('elsewhere.test', authority.caPem)).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      expect(await ask('localhost')).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    } finally {
      server.close();
      await once(server, 'close');
    }
  });

  it('marks the authority as an authority, and the server as none', async () => {
    const authority = await createTestAuthority(['127.0.0.1', 'localhost'], Date.UTC(2026, 0, 15));
    const ca = new X509Certificate(authority.caPem);
    const server = new X509Certificate(authority.certPem);
    expect(ca.ca).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.checkIssued(ca)).toBe(true);
    expect(server.subjectAltName).toBe('IP Address:127.0.0.1, DNS:localhost');
    expect(server.validFromDate).toEqual(new Date(Date.UTC(2026, 0, 14)));
  });

  it('refuses to make a certificate for no host', async () => {
    await expect(createTestAuthority([])).rejects.toThrow(/at least one host/);
  });
});

describe('createClientCertificate', () => {
  it('gives the key, the certificate and the thumbprint that Node computes as well', async () => {
    const made = await createClientCertificate('Convoy, practice');
    const certificate = new X509Certificate(made.pem.slice(made.pem.indexOf('-----BEGIN CERTIFICATE')));
    expect(certificate.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(made.thumbprintSha256);
    expect(certificate.subject).toBe('CN=Convoy\\, practice');
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(made.pem).toContain(made.keyPem);
  });
});
