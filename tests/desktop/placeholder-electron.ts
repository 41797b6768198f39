import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What marks the fuses in Electron's program file (electron/docs/tutorial/fuses.md), its version, and eight that are all off. */
const FUSE_WIRE = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u000900000000r', 'latin1');

/**
 * A folder that electron-builder takes for Electron's for Windows: a program that does nothing, made by makensis, with
 * a version resource and a fuse wire like the real one. What is packed with it can be looked at and never run.
 */
export function makePlaceholderElectron(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const script = join(folder, 'electron.nsi');
  writeFileSync(
    script,
    `Unicode true
OutFile "${join(folder, 'electron.exe')}"
SilentInstall silent
RequestExecutionLevel user
VIProductVersion "${version}.0"
VIAddVersionKey "ProductName" "Electron"
VIAddVersionKey "FileDescription" "Electron"
VIAddVersionKey "FileVersion" "${version}"
VIAddVersionKey "LegalCopyright" "none"
Section
SectionEnd
`,
  );
  execFileSync('makensis', ['-V1', script]);
  appendFileSync(join(folder, 'electron.exe'), FUSE_WIRE);
  writeFileSync(join(folder, 'version'), version);
}
