import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { openWin32Source } from '../../../src-main/source/win32/win32-source.ts';
import { describeSource } from '../../conformance/source.ts';
import type { Place } from '../windows.ts';

export interface ConformancePlace extends Place {
  /** Whether rights can be taken away: not under Wine, and not through a share whose server lets administrators past them. */
  readonly canForbid: boolean;
  /** Whether there are junctions: Wine 8 makes none. */
  readonly canLink: boolean;
}

const EVERYONE = '*S-1-1-0';

/** The suite that every reader passes. */
export function conformance(place: ConformancePlace): void {
  const root = `${place.root}\\conformance`;
  const behind = `${place.behind}\\conformance`;
  const at = (path: string): string => `${behind}\\${path.replaceAll('/', '\\')}`;
  describeSource(`for Windows, in ${place.root}`, async () => {
    mkdirSync(behind, { recursive: true });
    const source = openWin32Source(root, { threads: 2 });
    return {
      source,
      async write(path, content, modified) {
        const folder = win32.dirname(at(path));
        if (!existsSync(folder)) mkdirSync(folder, { recursive: true });
        writeFileSync(at(path), content);
        if (modified !== undefined) utimesSync(at(path), modified / 1_000, modified / 1_000);
      },
      async makeFolder(path) {
        mkdirSync(at(path), { recursive: true });
      },
      async link(path, target) {
        if (place.canLink) symlinkSync(target, at(path), 'junction');
        return place.canLink;
      },
      remove: async (path) => rmSync(at(path), { recursive: true }),
      async whileForbidden(path, work) {
        if (!place.canForbid) return false;
        execFileSync('icacls', [at(path), '/deny', `${EVERYONE}:(RD)`]);
        try {
          await work();
        } finally {
          execFileSync('icacls', [at(path), '/remove:d', EVERYONE]);
        }
        return true;
      },
      at: (path) => openWin32Source(win32.join(root, path), { threads: 1 }),
      async end() {
        await source.close();
        rmSync(behind, { recursive: true, force: true });
      },
    };
  });
}
