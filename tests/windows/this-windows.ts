import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { captureNode, project } from '../../build/project.ts';
import { textOf, type Windows } from './windows.ts';

/** The Windows that the tests run on, with its temporary folder as the drive and, for an administrator, the same by the share C$. */
export async function startHere(): Promise<Windows> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'convoy-windows-')));
  const cache = project('node_modules/.cache/windows');
  mkdirSync(cache, { recursive: true });
  const programs = await mkdtemp(join(cache, 'run-'));
  const shared = `\\\\localhost\\${folder.replace(':', '$')}`;
  return {
    drive: { root: folder, behind: folder },
    share: existsSync(shared) ? { root: shared, behind: folder } : undefined,
    programs,
    async run(script, args) {
      const results = join(programs, 'results.json');
      const { code, output } = await captureNode([script, results, ...args]);
      return { code, said: output, results: textOf(results) };
    },
    async end() {
      await rm(programs, { recursive: true, force: true });
      await rm(`\\\\?\\${folder}`, { recursive: true, force: true });
    },
  };
}
