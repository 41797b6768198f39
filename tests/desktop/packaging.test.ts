import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensureBundle } from '../../build/bundles.ts';
import { captureNode, project, tools } from '../../build/project.ts';
import { makePlaceholderElectron } from './placeholder-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'convoy-packaging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const hasMakensis = spawnSync('makensis', ['-VERSION']).status === 0;

interface Packed {
  readonly program: string;
  readonly unpacked: string;
  readonly asar: readonly string[];
}

/** Runs electron-builder as `npm run dist` does, as far as it goes without Electron for Windows and an installer. */
async function pack(): Promise<Packed> {
  for (const name of ['renderer', 'preload', 'main'] as const) {
    const problem = await ensureBundle(name);
    if (problem !== undefined) throw new Error(problem);
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(project('node_modules/electron/package.json'), 'utf8')));
  makePlaceholderElectron(join(folder, 'electron'), version);
  const { code, output } = await captureNode([
    tools.electronBuilder,
    '--config',
    project('electron-builder.yml'),
    '--win',
    '--x64',
    '--dir',
    '--publish',
    'never',
    `-c.electronDist=${join(folder, 'electron')}`,
    `-c.electronVersion=${version}`,
    `-c.directories.output=${join(folder, 'dist')}`,
  ]);
  if (code !== 0) throw new Error(output);
  const resources = join(folder, 'dist/win-unpacked/resources');
  return {
    program: join(folder, 'dist/win-unpacked/Convoy.exe'),
    unpacked: join(resources, 'app.asar.unpacked'),
    asar: namesIn(join(resources, 'app.asar')),
  };
}

type AsarEntry = { readonly files?: Record<string, AsarEntry> | undefined };
const asarEntry: z.ZodType<AsarEntry> = z.lazy(() =>
  z.object({ files: z.record(z.string(), asarEntry).optional() }),
);

/** The paths in an asar archive: its header is JSON behind four 32-bit numbers, the last of which is its length. */
function namesIn(archive: string): string[] {
  const bytes = readFileSync(archive);
  const header: unknown = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString());
  const below = (entry: AsarEntry, path: string): string[] =>
    entry.files === undefined
      ? [path]
      : Object.entries(entry.files).flatMap(([name, child]) =>
          below(child, path === '' ? name : `${path}/${name}`),
        );
  return below(asarEntry.parse(header), '');
}

describe('layout and fuses of the package, with a placeholder for Electron (nothing of it is ever run)', () => {
  test('electron-builder packs what the app needs, nothing more, and burns the fuses', async (context) => {
    if (!hasMakensis) context.skip('makensis is not installed (Debian: apt-get install nsis)');
    const { program, unpacked, asar } = await pack();

    const main = [
      'desktop.js',
      'journal-worker.js',
      'fleet-worker.js',
      'node-worker.js',
      'windows-worker.js',
    ].map((f) => `out/main/${f}`);
    expect(asar).toEqual(
      expect.arrayContaining([
        ...main,
        'out/preload/preload.cjs',
        'out/renderer/index.html',
        'out/icons/tray.png',
      ]),
    );
    expect(asar.some((name) => name.startsWith('out/main/migrations/fleet/'))).toBe(true);
    const packages = new Set(asar.filter((n) => n.startsWith('node_modules/')).map((n) => n.split('/')[1]));
    // koffi's binary is a package of its own, which npm installs on Windows only: `npm run dist` insists on it.
    const ofWindows = process.platform === 'win32' ? ['@koromix'] : [];
    expect([...packages].sort()).toEqual([...ofWindows, 'better-sqlite3', 'koffi']);
    expect(
      asar.filter((name) => /koffi.*\.(cc|hh|S|asm|md|lib|so|ts)$|koffi-(?!win32-x64)/.test(name)),
    ).toEqual([]);
    expect(asar).toContain('node_modules/koffi/src/koffi/src/static.js');
    expect(asar.filter((name) => /practice|headless|\.ts$|\.map$|\.test\./.test(name))).toEqual([]);
    const scripts = asar.filter((name) => /^out\/main\/[^/]+\.js$/.test(name));
    for (const script of scripts) {
      const text = readFileSync(project(script), 'utf8');
      const wanted = [
        ...text.matchAll(
          /(?:from|import)\s*\(?\s*["'`]\.\/((?:part|headless|src-practice)[\w.-]*\.js)["'`]/g,
        ),
      ].map(([, name]) => name);
      expect(scripts).toEqual(expect.arrayContaining(wanted.map((name) => `out/main/${name}`)));
    }

    const binaries = join(unpacked, 'node_modules/better-sqlite3/prebuilds');
    expect(readdirSync(binaries)).toEqual(['win32-x64.node']);

    expect(existsSync(program)).toBe(true);
    const wire = await getCurrentFuseWire(program);
    const state = (option: FuseV1Options) => String.fromCharCode(wire[option] ?? 0);
    // The wire holds digits as text (electron/docs/tutorial/fuses.md).
    const on = '1';
    const off = '0';
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
      snapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: off,
      cookieEncryption: on,
      nodeOptions: off,
      inspect: off,
      asarIntegrity: on,
      onlyAsar: on,
      snapshot: off,
      fileProtocol: off,
    });
  }, 180_000);
});
