import { ok, type Result } from '../../src-shared/model/problem.ts';
import { closingWith } from './closing-with.ts';
import type { SourceCredentials } from './credentials.ts';
import { openNodeSource } from './node-fs/node-source.ts';
import { behindServer } from './server-calls.ts';
import type { FullSource } from './source.ts';

/**
 * Opens a source with the reader for this system, and looks whether it is there.
 * @param credentials account under which its share is to be opened; on Windows only, elsewhere the mount decides
 */
export async function openSource(path: string, credentials?: SourceCredentials): Promise<Result<FullSource>> {
  if (process.platform === 'win32' && credentials) return openAs(path, credentials);
  return looked(await readerFor(path));
}

async function openAs(path: string, credentials: SourceCredentials): Promise<Result<FullSource>> {
  const { connectShare } = await import('./win32/connection.ts');
  const connection = await connectShare(path, credentials);
  if (!connection.ok) return connection;
  const source = await looked(await readerFor(path));
  if (source.ok) return ok(closingWith(source.value, connection.value));
  await connection.value.close();
  return source;
}

async function looked(source: FullSource): Promise<Result<FullSource>> {
  const probed = await source.probe();
  if (probed.ok) return ok(behindServer(source));
  await source.close();
  return probed;
}

async function readerFor(path: string): Promise<FullSource> {
  if (process.platform !== 'win32') return openNodeSource(path);
  // Loaded here only: it loads libraries of Windows.
  const { openWin32Source } = await import('./win32/win32-source.ts');
  return openWin32Source(path);
}
