import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { ensureBundle } from '../../build/bundles.ts';
import { findElectron } from '../../build/electron-binary.ts';
import { project } from '../../build/project.ts';

const electron = findElectron();

describe('the desktop app in Electron itself', () => {
  test('the window opens from its own scheme, sandboxed, and reaches the machine', async (context) => {
    if (!electron)
      return context.skip('the Electron program is not in node_modules (npx install-electron fetches it)');
    for (const name of ['renderer', 'preload', 'main'] as const)
      expect(await ensureBundle(name)).toBeUndefined();
    const data = mkdtempSync(join(tmpdir(), 'convoy-electron-'));
    const app = await _electron.launch({
      executablePath: electron,
      args: [project(), ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
      env: { ...stringsOf(process.env), CONVOY_DATA: data },
    });
    const window = await app.firstWindow();
    const violations: string[] = [];
    window.on(
      'console',
      (message) => message.text().includes('Content Security Policy') && violations.push(message.text()),
    );
    await window.getByRole('heading').first().waitFor();
    expect(window.url()).toMatch(/^app:\/\/convoy\//);
    expect(await window.evaluate('typeof require + typeof process')).toBe('undefinedundefined');
    expect(violations).toEqual([]);
    await app.close();
    rmSync(data, { recursive: true, force: true });
  }, 120_000);
});

function stringsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
