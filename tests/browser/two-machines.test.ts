import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBundle } from '../../build/bundles.ts';
import { chromiumArguments, findChromium, noChromium } from '../../build/chromium.ts';
import { generateShare } from '../../src-practice/share/share.ts';
import { type RunningCli, startCli } from '../support/cli.ts';
import { type Rehearsal, rehearse } from '../support/rehearsal.ts';

/** The real machine with its screen, a second real process, a practice tenant, and a person who clicks. */

const path = findChromium(process.env);
const WAIT = { timeout: 180_000 };

let stage: Rehearsal;
let browser: Browser | undefined;
const running: RunningCli[] = [];

beforeAll(async () => {
  if (!path) return;
  const problem = await ensureBundle('renderer');
  if (problem !== undefined) throw new Error(problem);
  browser = await chromium.launch({ executablePath: path, args: [...chromiumArguments] });
  // What the killed machine was just uploading holds its names until the tenant lets go of it: here after half a minute.
  stage = await rehearse({ seed: 'two-machines', sessionMinutes: 0.5 });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  for (const cli of running) cli.kill('SIGKILL');
  await stage?.close();
});

function start(...words: string[]): RunningCli {
  const cli = startCli(words);
  running.push(cli);
  return cli;
}

async function copyOn(page: Page, source: string, destination: string, name: string): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/tasks?new=1';
  });
  const dialog = page.getByRole('dialog', { name: 'New copy' });
  await dialog.getByLabel('Source folder').fill(source);
  await dialog.getByLabel('Destination address').fill(destination);
  await dialog.getByLabel('Name (optional)').fill(name);
  await dialog.getByRole('button', { name: 'Create and start' }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor(WAIT);
}

describe('two machines', () => {
  test('are made one fleet on the screen, work side by side, and one goes on alone when the other is killed', async (context) => {
    if (!browser) return context.skip(noChromium);
    const share = join(stage.folder, 'share');
    const now = Date.UTC(2026, 10, 1);
    await generateShare({ directory: share, seed: 'two', files: 150, oddities: false, now });
    const signIn = [
      ...['--tenant', stage.tenant.tenantId, '--client-id', stage.tenant.apps.headless],
      ...['--certificate', join(stage.folder, 'app.pem'), '--cloud', join(stage.folder, 'cloud.json')],
    ];
    const serve = start('serve', '--data', join(stage.folder, 'coordinator'), ...signIn);
    let said = '';
    serve.process.stderr?.on('data', (text) => (said += text));
    await serve.said(/Screen: http\S+\n/);
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(/Screen: (http\S+)/.exec(said)?.[1] ?? '');
    await page.getByRole('link', { name: 'Machines' }).click();

    await page.getByRole('button', { name: 'Use several machines' }).click();
    await page.getByLabel('Port').fill('0');
    await page.getByLabel('Listen only at').fill('127.0.0.1');
    await page.getByRole('button', { name: 'Begin to listen' }).click();
    await page.getByRole('button', { name: 'Make an invitation' }).click();
    const invitation = await page.getByRole('textbox', { name: 'Invitation' }).inputValue();
    const helper = join(stage.folder, 'helper');
    const joining = start('join', invitation, '--data', helper);
    await joining.said(/words to compare: \S+ \S+ \S+ \S+\n/);
    const guest = page.getByRole('group', { name: /^Want to join/ });
    const words = ((await guest.getByTestId('words').textContent()) ?? '').trim().split(/\s+/).join(' ');
    await guest.getByRole('button', { name: 'They are the same: let it in' }).click();
    const joined = await joining.ended;
    expect(joined.code).toBe(0);
    expect(joined.stderr, 'the same words at both ends').toContain(`compare: ${words}\n`);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

    const agent = start('agent', '--data', helper, ...signIn);
    await agent.said(/works for .*; connected/);
    // So slow that neither copy ends before both machines were seen at work.
    await stage.tenant.control.setFaults({ latencyMs: { min: 1_000, max: 1_500 } });
    for (const name of ['one', 'two']) await copyOn(page, share, stage.address(name), name);
    await page.getByRole('link', { name: 'Machines' }).click();
    const rows = page.getByRole('grid', { name: 'Machines' }).getByRole('row');
    const own = rows.filter({ hasText: 'this machine' });
    const other = rows.filter({ hasNotText: /this machine|Last heard/ });
    await own.getByText('Working').waitFor(WAIT);
    await other.getByText('Working').waitFor(WAIT);

    agent.kill('SIGKILL');
    await other.getByText('Away').waitFor(WAIT);
    await stage.tenant.control.setFaults({ latencyMs: { min: 0, max: 0 } });
    await page.getByRole('link', { name: 'Tasks' }).first().click();
    const done = page.getByRole('grid', { name: 'Tasks' }).getByText('Complete', { exact: true });
    await done.nth(1).waitFor(WAIT);
    for (const name of ['one', 'two'])
      expect((await stage.stored(name)).filter(({ original }) => original !== undefined)).toHaveLength(150);
  }, 600_000);
});
