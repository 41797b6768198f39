import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { win32 } from 'node:path';
import { openWin32Source } from '../../../src-main/source/win32/win32-source.ts';
import { describeSource } from '../../conformance/source.ts';

/** The suite that every reader passes. @param behind the root once more, as a path that may be written to fast */
export function conformance(name: string, root: string, behind: string): void {
  const at = (path: string): string => `${behind}\\${path.replaceAll('/', '\\')}`;
  describeSource(name, async () => {
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
      // Wine 8 has none that a program could make.
      link: async () => false,
      remove: async (path) => rmSync(at(path), { recursive: true }),
      // Nor rights that it could take away.
      whileForbidden: async () => false,
      at: (path) => openWin32Source(win32.join(root, path), { threads: 1 }),
      async end() {
        await source.close();
        rmSync(behind, { recursive: true, force: true });
      },
    };
  });
}
