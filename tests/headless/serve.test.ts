import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBundle } from '../../build/bundles.ts';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { startCli } from '../support/cli.ts';

const path = findChromium(process.env);
let folder: string;
let browser: Browser | undefined;

beforeAll(async () => {
  const problem = await ensureBundle('renderer');
  if (problem !== undefined) throw new Error(problem);
  folder = mkdtempSync(join(tmpdir(), 'convoy-serve-'));
  if (path) browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('convoy serve', () => {
  test('shows the screen of the real machine in a browser, breaks no rule of its policy, and ends when told to', async (context) => {
    if (!browser) return context.skip(noChromium);
    const cli = startCli(['serve', '--data', folder]);
    let said = '';
    cli.process.stderr?.on('data', (text) => (said += text));
    await cli.said(/Screen: http\S+\n/);
    const address = /Screen: (http\S+)/.exec(said)?.[1] ?? '';

    const complaints: string[] = [];
    const page = await browser.newPage({ locale: 'en-GB' });
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(address);
    expect(new URL(page.url()).search).toBe('');
    // Whoever is new sees the first screens before anything else.
    await page.getByRole('dialog').getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('link', { name: /tasks/i }).first().waitFor();
    expect(complaints).toEqual([]);

    // The cookie is kept from scripts, and the address has opened the screen once.
    expect(await page.evaluate('document.cookie')).toBe('');
    const stranger = await browser.newContext();
    const answer = await (await stranger.newPage()).goto(address);
    expect(answer?.status()).toBe(401);

    cli.kill('SIGTERM');
    expect((await cli.ended).code).toBe(0);
  }, 60_000);
});
