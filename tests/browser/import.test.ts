import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { about, runningTask } from './fixture.ts';
import { dropList, LIST } from './import-list.ts';
import { axeFindings, openRig, type Rig } from './screen.ts';

const missing = findChromium(process.env) === undefined;
const SITE = 'https://contoso.sharepoint.com/sites';

describe.skipIf(missing)(`a list that becomes tasks${missing ? ` (${noChromium})` : ''}`, () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, 240_000);
  afterAll(() => rig?.close());
  afterEach(() => rig?.closePages());
  beforeEach(() => {
    const { world } = rig.machine;
    Object.assign(world, { about, rows: [runningTask], events: [], refuse: null });
    world.asked.length = 0;
  });
  const own = { viewport: { width: 1440, height: 900 } };
  const created = () =>
    rig.machine.world.asked.filter(({ what }) => what === 'create').map(({ input }) => input);

  it('is dropped anywhere, put right in place and by group, taken back, and made; what is left stays over a reload', async () => {
    const { page, complaints } = await rig.open('#/overview', own);
    await dropList(page, 'shares.csv', LIST);
    await page.getByRole('heading', { level: 2, name: 'shares.csv' }).waitFor();
    await page.getByText('6 rows · UTF-8, semicolons').waitFor();
    const grid = page.getByRole('grid', { name: 'Rows of the list' });
    await grid.getByText('The source is no full path').waitFor();
    expect(await page.getByRole('button', { name: 'Not in order 3' }).count()).toBe(1);
    expect(await axeFindings(page)).toEqual([]);

    const issues = page.getByRole('region', { name: 'What is to be said' });
    await issues.getByRole('button', { name: 'Put 1 row right' }).click();
    await grid.getByText('In order, with a remark').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await issues.getByRole('button', { name: 'Put 1 row right' }).waitFor();
    await page.getByRole('button', { name: 'Do again' }).click();

    // By keyboard: to the third row, and its source is typed anew.
    await grid.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key);
    const cell = page.getByRole('textbox', { name: 'Source, line 4' });
    await cell.fill(String.raw`\\filesrv-02\scans`);
    await cell.press('Enter');
    await page.getByRole('button', { name: 'Not in order 2' }).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Not in order 3' }).waitFor();
    await page.keyboard.press('Control+y');
    await page.getByRole('button', { name: 'Not in order 2' }).waitFor();

    await page.getByRole('button', { name: 'Create 4 tasks, keep 2 rows here' }).click();
    await page.getByText('4 tasks are made.', { exact: false }).waitFor();
    expect(created()).toContainEqual(
      expect.objectContaining({
        source: String.raw`\\filesrv-02\projects`,
        destination: `${SITE}/projects/Documents/From%20the%20share`,
        name: 'Projects',
      }),
    );
    expect(created()).toHaveLength(4);
    await page.reload();
    await page.getByRole('button', { name: 'Not in order 2' }).waitFor();
    await grid.getByText('eva@contoso.com').waitFor();
    expect(complaints).toEqual([]);
  });

  it('asks both ends of its rows, and says which of them is not there', async () => {
    const { page } = await rig.open('#/import', own);
    await dropList(page, 'shares.csv', LIST);
    rig.machine.world.refuse = { code: 'site-not-found', where: '/sites/x', detail: 'HTTP 404' };
    await page.getByRole('button', { name: 'Ask both ends' }).click();
    await page.getByRole('grid').getByText('There is no such site').first().waitFor();
    await page.getByRole('button', { name: 'Not in order 6' }).waitFor();
    await page.getByText('No row is in order yet').waitFor();
  });

  it('is pasted from a spreadsheet, mapped by hand where nobody knows its columns, and downloaded', async () => {
    const { page } = await rig.open('#/import', own);
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
    const text = `\\\\srv\\a\t7\t${SITE}/a\t-\n`;
    await page.evaluate((data) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', data);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, text);
    await page.getByRole('heading', { level: 2, name: 'Pasted rows' }).waitFor();
    for (const [column, meaning] of [
      ['Column 1', 'Source'],
      ['Column 3', 'Destination'],
    ] as const) {
      await page.getByRole('combobox', { name: column }).click();
      await page.getByRole('option', { name: meaning }).click();
    }
    await page.getByRole('button', { name: 'Create 1 task' }).waitFor();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download corrected CSV' }).click();
    const path = await (await downloading).path();
    expect(readFileSync(path, 'utf8')).toContain(String.raw`\\srv\a,${SITE}/a,,,`);
  });

  it('keeps what it has when a file cannot be read', async () => {
    const { page } = await rig.open('#/import', own);
    await dropList(page, 'shares.csv', LIST);
    await page.getByRole('button', { name: 'Not in order 3' }).waitFor();
    await dropList(page, 'picture.csv', `${'a picture, '.repeat(20)}\0`);
    await page.getByText('The file cannot be read as a list of tasks').waitFor();
    await page.getByRole('heading', { level: 2, name: 'shares.csv' }).waitFor();
    await page.getByRole('button', { name: 'Discard the list' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard the list' }).click();
    await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  });

  it('of 50,000 rows is shown and can be scrolled to its end', async () => {
    const { page } = await rig.open('#/import', own);
    const rows = Array.from(
      { length: 50_000 },
      (_, at) => String.raw`\\srv\share${at};${SITE}/s${at};Documents;;`,
    );
    await dropList(page, 'many.csv', ['source;site;library;folder;name', ...rows].join('\n'));
    await page.getByText('50,000 rows').waitFor({ timeout: 60_000 });
    const grid = page.getByRole('grid', { name: 'Rows of the list' });
    await grid.getByText(String.raw`\\srv\share0`, { exact: true }).waitFor();
    await grid.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await grid.getByText(String.raw`\\srv\share49999`).waitFor();
  }, 120_000);

  it.each(['light', 'dark'] as const)(
    'has nothing for axe to find in German when it is %s',
    async (colorScheme) => {
      const { page } = await rig.open('#/import', { ...own, colorScheme, locale: 'de-DE' });
      await page.getByText('Legen Sie eine Liste hier ab', { exact: false }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await dropList(page, 'shares.csv', LIST);
      await page.getByRole('button', { name: 'Nicht in Ordnung 3' }).waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
  );
});
