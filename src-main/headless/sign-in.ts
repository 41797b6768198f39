import { failed, type Result } from '../../src-shared/model/problem.ts';
import { type AppSignIn, type SignInWords, signInOf } from '../host/app-sign-in.ts';
import { readCertificate } from '../tenant/certificate.ts';

/**
 * The sign-in that was said, with its certificate looked at: a file that is none is a mistake of the command line,
 * and told before anything is done. Codes: those of {@link signInOf}.
 */
export function checkedSignIn(
  words: SignInWords,
  env: Readonly<Record<string, string | undefined>>,
): Result<AppSignIn> {
  const signIn = signInOf(words, env);
  if (!signIn.ok) return signIn;
  const certificate = readCertificate(signIn.value.certificatePem);
  if (certificate.ok) return signIn;
  const where = words.certificate ?? env['CONVOY_CERTIFICATE'];
  return failed(certificate.problem.code, { ...certificate.problem, where });
}
