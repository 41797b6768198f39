import { ok, type Result } from '../../src-shared/model/problem.ts';
import { openNodeSource } from './node-fs/node-source.ts';
import { behindServer } from './server-calls.ts';
import type { FullSource } from './source.ts';

/** Opens a source with the reader for this system, and looks whether it is there. */
export async function openSource(path: string): Promise<Result<FullSource>> {
  const source = await readerFor(path);
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
