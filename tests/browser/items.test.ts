import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { ISSUES, issuesTask } from './fixture.ts';
import { openRig, type Rig } from './screen.ts';

const missing = findChromium(process.env) === undefined;

describe.skipIf(missing)(`a list of 100,000 items${missing ? ` (${noChromium})` : ''}`, () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
    rig.machine.world.rows = [issuesTask];
    rig.machine.world.items = 100_000;
  }, 60_000);
  afterAll(() => rig?.close());
  afterEach(() => rig?.closePages());

  const at = (filter = '') => rig.open(`#/tasks/${ISSUES}?tab=items${filter}`);

  it('has only a few rows in the page and asks for pages as the eye moves', async () => {
    rig.machine.world.asked.length = 0;
    const { page } = await at();
    const grid = page.getByRole('grid', { name: 'Items' });
    await grid.getByText('asset-000005.jpg').waitFor();
    expect(await page.getByText('100,000 items').count()).toBe(1);
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    expect(rig.machine.world.asked).toHaveLength(1);
    await grid.focus();
    await page.keyboard.press('End');
    await grid.getByText('asset-000200').waitFor({ state: 'attached' });
    expect(rig.machine.world.asked).toHaveLength(2);
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    expect(await grid.getAttribute('aria-rowcount')).toBe('100000');
  });

  it('is held in part however far one scrolls, and is there again on the way back', async () => {
    const { page } = await at();
    const grid = page.getByRole('grid', { name: 'Items' });
    await grid.getByText('asset-000005.jpg').waitFor();
    await grid.focus();
    for (const next of [200, 400, 600, 800, 1_000, 1_200, 1_400]) {
      await page.keyboard.press('End');
      await grid.getByText(`asset-${String(next).padStart(6, '0')}`).waitFor({ state: 'attached' });
    }
    rig.machine.world.asked.length = 0;
    await page.keyboard.press('Home');
    await grid.getByText('asset-000005.jpg').waitFor();
    expect(rig.machine.world.asked.length).toBeGreaterThan(0);
  });

  it('is filtered by what the address says, and the address by what is chosen', async () => {
    const { page } = await at('&outcome=failed');
    const grid = page.getByRole('grid', { name: 'Items' });
    await grid.getByText('A name is too long').first().waitFor();
    expect(await grid.getByText('copied').count()).toBe(0);
    await page.getByRole('button', { name: 'left out 60' }).click();
    await grid.getByText('A temporary file was left out').first().waitFor();
    expect(new URL(page.url()).hash).toBe(`#/tasks/${ISSUES}?tab=items&outcome=left-out`);
    await page.getByLabel('Part of the name').fill('ASSET-0102');
    await expect.poll(() => new URL(page.url()).hash).toContain('text=ASSET-0102');
    await expect.poll(() => grid.getByRole('row').count()).toBe(2);
    await page.getByRole('button', { name: 'Remove filter: ASSET-0102' }).click();
    await expect.poll(() => new URL(page.url()).hash).not.toContain('text=');
    await page.getByLabel('Part of the name').fill('nothing is called so');
    await page.getByText('No item matches these filters.').waitFor();
    await page.getByRole('link', { name: 'Remove all filters' }).click();
    await grid.getByText('asset-000005.jpg').waitFor();
  });

  it('opens an item with its findings, follows the arrow keys, and gives the focus back', async () => {
    const { page } = await at();
    const grid = page.getByRole('grid', { name: 'Items' });
    await grid.getByText('asset-000005.jpg').waitFor();
    await grid.focus();
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const details = page.getByRole('complementary', { name: 'Item' });
    await details.getByText('Shorten the name at the source', { exact: false }).waitFor();
    await page.keyboard.press('ArrowDown');
    await details.getByText('asset-000004.jpg').waitFor();
    await page.keyboard.press('Control+c');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'Campaigns/2019/Spring/asset-000004.jpg',
    );
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
    expect(await grid.evaluate((box) => box === document.activeElement)).toBe(true);
  });

  it('shows what hides in a name, and copies it as it is', async () => {
    const { page } = await at('&text=fdp');
    const grid = page.getByRole('grid', { name: 'Items' });
    await grid.getByText('U+202E').waitFor();
    expect(await grid.getByRole('gridcell').first().textContent()).toContain('invoiceU+202Efdp.exe');
    await grid.focus();
    await page.keyboard.press('Control+c');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'Campaigns/2019/Spring/invoice\u202Efdp.exe',
    );
  });

  it('is two lines a row on a narrow screen, with the details below', async () => {
    const { page } = await rig.open(`#/tasks/${ISSUES}?tab=items&outcome=failed`, {
      viewport: { width: 400, height: 800 },
    });
    const grid = page.getByRole('grid', { name: 'Items' });
    await grid.getByRole('row').first().click();
    await page.getByRole('complementary', { name: 'Item' }).getByText('268 characters').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: 'Item' }).waitFor({ state: 'detached' });
  });
});
