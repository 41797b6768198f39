import { failed, ok, type Result } from '../../src-shared/model/problem.ts';
import type { SourceCredentials } from '../source/credentials.ts';
import { shareOf } from '../source/share-of.ts';
import type { Terminal } from './terminal.ts';

/** The account for the share that a source lies on; undefined for every other source. */
export type CredentialsFor = (source: string) => SourceCredentials | undefined;

/**
 * CONVOY_SOURCE_USER and CONVOY_SOURCE_PASSWORD: the account under which the share of this source is opened. From the environment, since
 * whoever lists processes sees a command line. They hold for the share that was named and go to no other server.
 * Code source-credentials-unusable: on another system than Windows, for a path on no share, or one without the other.
 */
export function sourceCredentials(
  source: string,
  { env, platform }: Pick<Terminal, 'env' | 'platform'>,
): Result<CredentialsFor> {
  const [user, password] = [env['CONVOY_SOURCE_USER'], env['CONVOY_SOURCE_PASSWORD']];
  if (!user && !password) return ok(() => undefined);
  const unusable = (detail: string) => failed('source-credentials-unusable', { where: source, detail });
  if (!user || !password) return unusable(`CONVOY_SOURCE_${user ? 'PASSWORD' : 'USER'} is not set`);
  if (platform !== 'win32') return unusable('not on Windows');
  const share = shareOf(source)?.toLowerCase();
  if (share === undefined) return unusable('not a path on a share');
  return ok((other) => (shareOf(other)?.toLowerCase() === share ? { user, password } : undefined));
}
