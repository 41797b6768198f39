import { readFileSync } from 'node:fs';
import type { Cloud } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { loadCloud } from '../tenant/clouds.ts';

/** How to sign in as an application. */
export interface AppSignIn {
  readonly cloud: Cloud;
  readonly tenant: string;
  readonly clientId: string;
  readonly certificatePem: string;
}

/** What a person said about the sign-in; what is missing comes from the environment. */
export interface SignInWords {
  readonly tenant?: string | undefined;
  readonly clientId?: string | undefined;
  /** A PEM file. */
  readonly certificate?: string | undefined;
  /** Name of a public cloud, or a JSON file. */
  readonly cloud: string;
}

/** Whether anything at all was said about an application to sign in as. Nothing: whoever signed in on the machine counts. */
export function saysApp(
  { tenant, clientId, certificate }: Omit<SignInWords, 'cloud'>,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const variables = [env['CONVOY_TENANT'], env['CONVOY_CLIENT_ID'], env['CONVOY_CERTIFICATE']];
  return [tenant, clientId, certificate, ...variables].some(Boolean);
}

/**
 * The sign-in of the options, completed from CONVOY_TENANT, CONVOY_CLIENT_ID and CONVOY_CERTIFICATE.
 * Codes: cloud-unknown, sign-in-incomplete (the detail names what is missing), certificate-unreadable.
 */
export function signInOf(
  words: SignInWords,
  env: Readonly<Record<string, string | undefined>>,
): Result<AppSignIn> {
  const cloud = loadCloud(words.cloud);
  if (!cloud.ok) return cloud;
  const tenant = words.tenant ?? env['CONVOY_TENANT'];
  const clientId = words.clientId ?? env['CONVOY_CLIENT_ID'];
  const certificate = words.certificate ?? env['CONVOY_CERTIFICATE'];
  if (!tenant || !clientId || !certificate) {
    const missing = [!tenant && '--tenant', !clientId && '--client-id', !certificate && '--certificate'];
    return failed('sign-in-incomplete', { detail: `missing: ${missing.filter(Boolean).join(', ')}` });
  }
  try {
    const certificatePem = readFileSync(certificate, 'utf8');
    return ok({ cloud: cloud.value, tenant, clientId, certificatePem });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed('certificate-unreadable', { where: certificate, detail });
  }
}
