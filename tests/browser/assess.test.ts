import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBundle } from '../../build/bundles.ts';
import { chromiumArguments, findChromium, noChromium } from '../../build/chromium.ts';
import { generateShare } from '../../src-practice/share/share.ts';
import { type RunningCli, startCli } from '../support/cli.ts';
import { type Rehearsal, rehearse } from '../support/rehearsal.ts';
import { axeFindings } from './screen.ts';

/** A practice share with everything that is odd, the real machine with its screen, and a person who looks, picks and decides. */

const path = findChromium(process.env);
const WAIT = { timeout: 120_000 };

let stage: Rehearsal;
let browser: Browser | undefined;
let running: RunningCli | undefined;
let share: string;

beforeAll(async () => {
  if (!path) return;
  const problem = await ensureBundle('renderer');
  if (problem !== undefined) throw new Error(problem);
  browser = await chromium.launch({ executablePath: path, args: [...chromiumArguments] });
  stage = await rehearse({ seed: 'assess' });
  share = join(stage.folder, 'share');
  await generateShare({
    directory: share,
    seed: 'assess',
    files: 400,
    totalBytes: 8_000_000,
    now: Date.now(),
  });
  await writeFile(join(share, 'loose.txt'), 'in the source itself');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  running?.kill('SIGKILL');
  await stage?.close();
});

/** The machine, begun anew on the same data folder, and its screen. */
async function openScreen(opened: Browser): Promise<Page> {
  running = startCli([
    ...['serve', '--data', join(stage.folder, 'data'), '--cloud', join(stage.folder, 'cloud.json')],
    ...['--tenant', stage.tenant.tenantId, '--client-id', stage.tenant.apps.headless],
    ...['--certificate', join(stage.folder, 'app.pem')],
  ]);
  let said = '';
  running.process.stderr?.on('data', (text) => (said += text));
  await running.said(/Screen: http\S+\n/);
  const page = await opened.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(WAIT.timeout);
  await page.goto(/Screen: (http\S+)/.exec(said)?.[1] ?? '');
  return page;
}

async function stopMachine(): Promise<void> {
  running?.kill('SIGTERM');
  await running?.ended;
}

describe('an assessment', () => {
  test('is begun, looked at in pictures that filter, and still there after a restart', async (context) => {
    if (!browser) return context.skip(noChromium);
    const page = await openScreen(browser);
    await page.getByRole('link', { name: 'Assess', exact: true }).click();
    await page.getByText('Nothing has been assessed yet.').waitFor();
    await page.getByRole('button', { name: 'Assess', exact: true }).click();
    await page.getByText('Needed').waitFor();
    await page.getByLabel('Source folder').fill(join(stage.folder, 'not there'));
    await page.keyboard.press('Enter');
    await page.getByText('source-missing').waitFor();
    await page.getByLabel('Source folder').fill(share);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'share' }).waitFor();
    await page.getByRole('heading', { name: 'Readiness' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    const list = page.getByRole('grid', { name: 'Items' });
    const ready = page.getByRole('toolbar', { name: 'Readiness' });
    const blocked = ready.getByRole('button', { name: /^Blocked/ });
    await blocked.click();
    await list.getByText('failed').first().waitFor();
    expect(await list.getByText('only looked at').count()).toBe(0);
    expect(new URL(page.url()).hash).toMatch(/\?ready=blocked$/);
    await page.getByRole('button', { name: 'Remove filter: Blocked' }).click();
    await list.getByText('only looked at').first().waitFor();

    // By keyboard: into the columns, two to the right, and the list has what they count.
    const sizes = page.getByRole('toolbar', { name: 'Files by size' });
    await sizes.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    const column = sizes.locator(':focus');
    const counted = Number(/: ([\d,]+) file/.exec((await column.textContent()) ?? '')?.[1] ?? '0');
    expect(counted).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove filter: Size: < 100 kB' }).waitFor();
    await expect
      .poll(async () => page.getByRole('status').filter({ hasText: 'loaded' }).textContent(), WAIT)
      .toBe(`${Math.min(200, counted)} loaded`);
    await page.getByRole('button', { name: 'Show as table: Files by size' }).click();
    await page
      .getByRole('group', { name: 'Files by size' })
      .getByRole('button', { name: '< 100 kB', pressed: true })
      .click();
    await expect.poll(() => new URL(page.url()).hash).not.toContain('sizes=');

    // Into a folder of the map and up again.
    const map = page.getByRole('toolbar', { name: 'Folders by size' });
    await map.getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toContain('below=');
    await map.getByRole('button').first().focus();
    await page.keyboard.press('Backspace');
    await expect.poll(() => new URL(page.url()).hash).not.toContain('below=');

    await page.getByRole('tab', { name: 'Findings' }).click();
    const finding = page.getByRole('listitem').filter({ hasText: 'name-changed' });
    await finding.getByRole('link', { name: /^Show \d+ items?$/ }).click();
    await page.getByRole('button', { name: 'Remove filter: A name was changed for SharePoint' }).waitFor();
    await list.getByText('A name was changed for SharePoint').first().waitFor();

    await page.close();
    await stopMachine();
    const again = await openScreen(browser);
    await again.getByRole('link', { name: 'Assess', exact: true }).click();
    await again.getByRole('link', { name: share }).click();
    await again.getByRole('heading', { name: 'Readiness' }).waitFor();
    await again.close();
    await stopMachine();
  }, 600_000);

  test('gives names that are kept, says how long a copy takes, and becomes tasks without typing', async (context) => {
    if (!browser) return context.skip(noChromium);
    const page = await openScreen(browser);
    await page.getByRole('link', { name: 'Assess', exact: true }).click();
    await page.getByLabel('Source folder').fill(share);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Readiness' }).waitFor();

    await page.getByRole('tab', { name: 'Names' }).click();
    const row = page
      .getByRole('row')
      .filter({ has: page.getByRole('button', { name: /^Change: / }) })
      .first();
    await row.getByRole('button', { name: /^Change: / }).click();
    const field = page.getByRole('textbox', { name: 'Name at the destination' });
    const before = await field.inputValue();
    await field.fill('no: good.txt');
    await page.keyboard.press('Enter');
    await page.getByText('This name was not taken').waitFor();
    await field.fill('a name by hand.txt');
    await page.keyboard.press('Enter');
    await row.getByText('given by hand').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as CSV' }).click();
    const csv = await readFile(await (await saved).path(), 'utf8');
    expect(csv).toContain('name after');
    expect(csv).toContain('a name by hand.txt');
    await page.getByRole('button', { name: 'Undo' }).click();
    await row.getByText('given by hand').waitFor({ state: 'detached' });
    await row.getByText(before).first().waitFor();

    await page.getByRole('tab', { name: 'Forecast' }).click();
    const limit = page.getByText(/^Limited by .*\.$/);
    await limit.waitFor();
    await page.getByRole('slider', { name: 'What the file server gives at most' }).focus();
    await page.keyboard.press('Home');
    await page.getByText('10 Mbit/s').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await page.getByRole('button', { name: 'Make tasks of it' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    const dialog = page.getByRole('dialog', { name: 'New copy' });
    expect(await dialog.getByLabel('Source folder').inputValue()).toBe(share);
    await dialog.getByLabel('Destination address').fill(stage.address('whole'));
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'share' }).waitFor();

    await page.getByRole('link', { name: 'Assess', exact: true }).click();
    await page.getByRole('link', { name: share }).click();
    await page.getByRole('button', { name: 'Make tasks of it' }).click();
    await page.getByRole('radio', { name: 'One task for each folder chosen' }).click();
    await page.getByText('Directly in the source: ', { exact: false }).waitFor();
    await page.getByLabel('Destination address').fill(stage.address('departments'));
    await page.getByLabel('Choose all').click();
    await page.getByText('0 folders are chosen').waitFor();
    for (const name of ['Engineering', 'Marketing']) await page.getByLabel(name, { exact: true }).click();
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Check 2 rows' }).click();
    await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
    await page
      .getByRole('grid', { name: 'Rows of the list' })
      .getByText(join(share, 'Engineering'))
      .waitFor();
    await page.getByRole('button', { name: 'Create 2 tasks' }).click();
    await page.getByText('2 tasks are made.').waitFor();
    await page.close();
    await stopMachine();
  }, 600_000);
});
