import type { Cloud } from '../../src-shared/model/cloud.ts';
import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import { type AppSignIn, type SignInWords, saysApp, signInOf } from '../host/app-sign-in.ts';
import { readCertificate } from '../tenant/certificate.ts';
import { loadCloud } from '../tenant/clouds.ts';

/** What was said about signing in. */
export interface SaidSignIn {
  readonly cloud: Cloud;
  /** Undefined where nothing was said: then whoever signed in on the machine counts, in their cloud. */
  readonly app: AppSignIn | undefined;
}

/**
 * The sign-in that was said, with its certificate looked at: a file that is none is a mistake of the command line,
 * and told before anything is done. Codes: those of {@link signInOf}.
 */
export function checkedSignIn(
  words: SignInWords,
  env: Readonly<Record<string, string | undefined>>,
): Result<SaidSignIn> {
  if (!saysApp(words, env)) {
    const cloud = loadCloud(words.cloud);
    return cloud.ok ? ok({ cloud: cloud.value, app: undefined }) : cloud;
  }
  const signIn = signInOf(words, env);
  if (!signIn.ok) return signIn;
  const certificate = readCertificate(signIn.value.certificatePem);
  if (certificate.ok) return ok({ cloud: signIn.value.cloud, app: signIn.value });
  const where = words.certificate ?? env['CONVOY_CERTIFICATE'];
  return failed(certificate.problem.code, { ...certificate.problem, where });
}
