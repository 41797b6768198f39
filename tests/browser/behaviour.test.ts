import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { noFilters } from '../../src-shared/model/filters.ts';
import {
  about,
  FAILED,
  failedTask,
  issuesTask,
  READY,
  REHEARSED,
  RUNNING,
  readyTask,
  rehearsedTask,
  runningTask,
  WAITING,
  waitingTask,
} from './fixture.ts';
import { openRig, type Rig } from './screen.ts';

const missing = findChromium(process.env) === undefined;

describe.skipIf(missing)(`the screen against a stand-in machine${missing ? ` (${noChromium})` : ''}`, () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, 60_000);
  afterAll(() => rig?.close());
  afterEach(() => rig?.closePages());
  beforeEach(() => {
    const { world } = rig.machine;
    Object.assign(world, {
      about,
      rows: [runningTask, issuesTask, failedTask, readyTask],
      events: [],
      refuse: null,
    });
    world.asked.length = 0;
  });

  it('says in one sentence how it goes, and the sums on the screen add up', async () => {
    const { page, complaints } = await rig.open('#/overview');
    const headline = page.getByTestId('headline');
    await headline.waitFor();
    expect(await headline.textContent()).toContain(
      'Copying. 64% done. Expected end: 14:05–14:12. Limited by: network.',
    );
    const sums = page.getByRole('region', { name: 'The sums' });
    const numbers = await sums.locator('p').allTextContents();
    const files = numbers
      .filter((text) => /^[\d,]+( files)?$/.test(text))
      .map((text) => Number(text.replace(/[^\d]/g, '')));
    const [found, ...parts] = files;
    expect(parts).toHaveLength(5);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(found);
    expect(await sums.textContent()).toContain('They add up');
    expect(complaints).toEqual([]);
  });

  it('says what a waiting task waits for: in the overview, in the list and on its page', async () => {
    rig.machine.world.rows = [runningTask, waitingTask];
    const said = 'This machine is busy with another task: Projects and finance';
    const { page } = await rig.open('#/overview');
    await page.getByRole('region', { name: 'In progress' }).getByText(said).waitFor();
    await page.goto(`${rig.machine.origin}/#/tasks`);
    await page.getByRole('grid').getByText(said).waitFor();
    await page.goto(`${rig.machine.origin}/#/tasks/${WAITING}`);
    await page.getByTestId('headline').getByText(`Waiting. ${said}.`).waitFor();
  });

  it('does not count a dry run that is over as something to do, nor as something copied', async () => {
    rig.machine.world.rows = [issuesTask, rehearsedTask];
    const { page } = await rig.open('#/overview');
    const sums = page.getByRole('region', { name: 'The sums' });
    await sums.getByText('only looked at').waitFor();
    const text = await sums.textContent();
    expect(text).toContain('They add up: everything found is accounted for.');
    expect(text).toMatch(/\+48,200only looked at3,100 folders71 GB/);
    expect(text).toMatch(/\+0still to do/);
    expect(await page.getByText('of 99,372 found').count()).toBe(1);
    await page.goto(`${rig.machine.origin}/#/tasks/${REHEARSED}`);
    await page
      .getByTestId('headline')
      .getByText('Rehearsal complete. Nothing is written. 48,200 files')
      .waitFor();
    await sums.getByText('They add up: everything found is accounted for.').waitFor();
    expect(await page.getByText('looked at, nothing written').count()).toBe(2);
  });

  it('says so when sums do not add up', async () => {
    const { counts } = runningTask;
    const copied = { ...counts.byOutcome.copied, files: counts.found.files + 1 };
    rig.machine.world.rows = [
      { ...runningTask, counts: { ...counts, byOutcome: { ...counts.byOutcome, copied } } },
    ];
    const { page } = await rig.open('#/overview');
    await page.getByText('They do not add up').waitFor();
  });

  it('lives while a run lives, and tells it to people who listen', async () => {
    const { page } = await rig.open('#/overview');
    await page.getByText('64% done.').waitFor();
    const voice = page.getByTestId('announcer');
    expect(await voice.textContent()).toBe('');
    const { state: _, ...rest } = runningTask;
    rig.machine.world.rows = [{ ...rest, state: 'running', progress: 0.71 }];
    rig.machine.tell();
    await page.getByText('71% done.').first().waitFor();
    await voice.getByText('Copying. 71% done.').waitFor({ state: 'attached' });
    rig.machine.world.rows = [{ ...rest, state: 'complete', progress: 1, eta: null, live: null }];
    rig.machine.tell();
    await voice.getByText('Complete. Nothing is missing.').waitFor({ state: 'attached' });
  });

  it('shows its speeds as a table too', async () => {
    const { page } = await rig.open('#/overview');
    await page.getByRole('button', { name: 'Show as table' }).click();
    const rows = page.getByRole('table').getByRole('row');
    expect(await rows.count()).toBe(32);
    expect(await rows.nth(1).textContent()).toMatch(/14:00:00.*network/);
  });

  it('leads a newcomer from nothing to a running copy, and keeps what was typed when it is refused', async () => {
    Object.assign(rig.machine.world, {
      rows: [],
      refuse: { code: 'site-not-found', where: '/sites/x', detail: 'HTTP 404' },
    });
    const { page } = await rig.open('#/overview');
    await page.getByText('Nothing has been copied yet.').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'New copy' }).click();
    const dialog = page.getByRole('dialog', { name: 'New copy' });
    await dialog.getByRole('button', { name: 'Create and start' }).click();
    expect(await dialog.getByText('Needed').count()).toBe(2);
    await dialog.getByLabel('Source folder').fill('D:\\Data');
    await dialog.getByLabel('Destination address').fill('https://contoso.practice/sites/x');
    await dialog.getByRole('button', { name: 'Settings' }).click();
    await dialog.getByLabel('Copy the folder itself').check();
    await dialog.getByText('Becomes: https://contoso.practice/sites/x/Data/…').waitFor();
    await dialog.getByLabel('Source folder').press('Enter');
    await dialog.getByText('There is no such site').waitFor();
    await dialog.getByText('Check the address for a typing error', { exact: false }).waitFor();
    expect(await dialog.getByLabel('Source folder').inputValue()).toBe('D:\\Data');
    rig.machine.world.refuse = null;
    await dialog.getByRole('button', { name: 'Create and start' }).click();
    await page.getByRole('heading', { level: 1, name: 'D:\\Data' }).waitFor();
    await page.getByTestId('headline').getByText('Waiting.').waitFor();
    const wishes = rig.machine.world.asked.filter(({ what }) => what === 'create').map(({ input }) => input);
    const wish = {
      source: 'D:\\Data',
      destination: 'https://contoso.practice/sites/x',
      settings: { includeRoot: true },
    };
    expect(wishes).toMatchObject([wish, wish]);
    expect(rig.machine.world.asked.at(-1)).toMatchObject({ what: 'order', input: { order: 'start' } });
  });

  it('takes filters for a new copy, and says what is wrong with them', async () => {
    const { page, complaints } = await rig.open('#/tasks?new=1');
    await page.getByLabel('Source folder').fill('D:\\Data');
    await page.getByLabel('Destination address').fill('https://contoso.sharepoint.com/sites/x/Docs');
    await page.getByRole('button', { name: 'What is left out No filters' }).click();
    await page.getByLabel('Not these extensions').fill('mp4, AVI');
    await page.getByLabel('Not these extensions').press('Enter');
    await page.getByLabel('At most').fill('2 XB');
    await page.getByText('A size, such as 10 MB').waitFor();
    await page.getByLabel('At most').fill('2 GB');
    await page.getByLabel('Changed on or after').fill('2024-01-01');
    await page.getByLabel('Changed before').fill('2023-01-01');
    await page.getByText('Nothing can be in this range.').waitFor();
    await page.getByLabel('Changed before').fill('');
    // What is typed and not yet entered counts as well.
    await page.getByLabel('Not these folders').fill('/Projects/2009');
    await page.getByLabel('Leave out what is hidden').check();
    await page.getByRole('button', { name: 'What is left out 5 filters' }).waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'D:\\Data' }).waitFor();
    expect(rig.machine.world.asked.find(({ what }) => what === 'create')?.input).toMatchObject({
      settings: {
        filters: {
          ...noFilters,
          skipExtensions: ['mp4', 'AVI'],
          maxBytes: 2_000_000_000,
          modifiedFrom: Date.UTC(2024, 0, 1),
          skipFolders: ['/Projects/2009'],
          skipHidden: true,
        },
      },
    });
    await page.evaluate(() => {
      window.location.hash = `${window.location.hash.split('?')[0]}?tab=settings`;
    });
    await page.getByText('Not these folders: /Projects/2009', { exact: false }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes hours for a new copy in which the source is spared, and changes them while it is read', async () => {
    const { page, complaints } = await rig.open('#/tasks?new=1');
    await page.getByLabel('Source folder').fill('D:\\Data');
    await page.getByLabel('Destination address').fill('https://contoso.sharepoint.com/sites/x/Docs');
    await page.getByRole('button', { name: 'Gentle mode Off' }).click();
    await page.getByRole('button', { name: 'Add hours' }).click();
    const hours = page.getByRole('group', { name: 'At certain hours' });
    await hours.getByLabel('From').fill('22:00');
    await hours.getByLabel('Until').fill('22:00');
    await hours.getByText('Begins and ends at the same time.').waitFor();
    expect(await page.getByRole('button', { name: 'Create', exact: true }).isDisabled()).toBe(true);
    await hours.getByLabel('Until').fill('00:00');
    await hours.getByRole('button', { name: 'Mon' }).click();
    await hours.getByRole('button', { name: 'Sun' }).click();
    await page
      .getByRole('button', { name: 'Gentle mode Tue–Fri, Sun 22:00–00:00: 25% of the time' })
      .waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'D:\\Data' }).waitFor();
    const gentle = { share: 100, hours: [{ days: [2, 3, 4, 5, 0], from: 1_320, to: 1_440, share: 25 }] };
    expect(rig.machine.world.asked.find(({ what }) => what === 'create')?.input).toMatchObject({
      settings: { gentle },
    });
    await page.evaluate(() => {
      window.location.hash = `${window.location.hash.split('?')[0]}?tab=settings`;
    });
    await page.getByText('As fast as it goes; Tue–Fri, Sun 22:00–00:00: 25% of the time').waitFor();
    await page.getByRole('button', { name: 'Change gentle mode' }).click();
    await page.getByRole('button', { name: 'Remove these hours' }).click();
    await page.getByRole('combobox', { name: 'Read' }).click();
    await page.getByRole('option', { name: '50% of the time' }).click();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(rig.machine.world.asked.at(-1)).toMatchObject({
      what: 'setGentle',
      input: { gentle: { share: 50, hours: [] } },
    });
    expect(complaints).toEqual([]);
  });

  it('filters tasks by views that are addresses', async () => {
    const { page } = await rig.open('#/tasks');
    const grid = page.getByRole('grid', { name: 'Tasks' });
    await grid.getByRole('link', { name: 'Personnel' }).waitFor();
    await page.getByRole('link', { name: 'Needs attention 3' }).click();
    await grid.getByRole('link', { name: 'Personnel' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#/tasks?state=attention');
    await page.goBack();
    await grid.getByRole('link', { name: 'Personnel' }).waitFor();
  });

  it('asks before it stops, and the answer that changes nothing has the focus', async () => {
    const { page } = await rig.open(`#/tasks/${RUNNING}`);
    await page.getByRole('button', { name: 'Stop now' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nothing is deleted.', { exact: false }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Keep running');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(rig.machine.world.asked).toEqual([]);
    await page.getByRole('button', { name: 'Stop now' }).click();
    await dialog.getByRole('button', { name: 'Stop now' }).click();
    await page.getByText('Stopped.').waitFor();
    expect(rig.machine.world.asked).toEqual([{ what: 'order', input: { task: RUNNING, order: 'stop' } }]);
  });

  it('puts a task away without a question, and takes that back', async () => {
    const { page } = await rig.open('#/tasks');
    const grid = page.getByRole('grid');
    await page.getByRole('button', { name: 'Archive: Scans' }).click();
    await grid.getByRole('link', { name: 'Scans' }).waitFor({ state: 'detached' });
    const note = page.getByRole('alert').filter({ hasText: '“Scans” is in the archive.' });
    await page.getByRole('link', { name: 'Archived 1' }).waitFor();
    await note.getByRole('button', { name: 'Undo' }).click();
    await grid.getByRole('link', { name: 'Scans' }).waitFor();
    await note.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Archived/ }).waitFor({ state: 'detached' });
    expect(rig.machine.world.asked).toEqual([
      { what: 'order', input: { task: FAILED, order: 'archive' } },
      { what: 'order', input: { task: FAILED, order: 'restore' } },
    ]);
  });

  it('no longer tells of a task that is put away, and keeps it where the archive is asked for', async () => {
    rig.machine.world.rows = [failedTask];
    const { page, complaints } = await rig.open(`#/tasks/${FAILED}`);
    await page.getByRole('button', { name: 'Archive' }).click();
    await page.getByText('In the archive since', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Overview' }).first().click();
    await page.getByRole('heading', { name: 'All tasks are in the archive.' }).waitFor();
    expect(await page.getByRole('main').getByText('Scans').count()).toBe(0);
    await page.getByRole('link', { name: 'Show the archive' }).click();
    await page.getByRole('grid').getByRole('link', { name: 'Scans' }).click();
    await page.getByRole('button', { name: 'Bring back from the archive' }).click();
    await page.getByRole('button', { name: 'Start again' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is worked by keyboard: skip link, grid, Enter', async () => {
    const { page } = await rig.open('#/tasks');
    await page.getByRole('grid').getByRole('link', { name: 'Personnel' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    await page
      .getByRole('gridcell')
      .filter({ hasText: 'Personnel' })
      .click({ position: { x: 160, y: 30 } });
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Scans' }).waitFor();
    await page.getByText('What to do: Enlarge the quota or make room, then start again.').waitFor();
  });

  it('writes the report and says where it is', async () => {
    const { page } = await rig.open(`#/tasks/${RUNNING}`);
    await page.getByRole('button', { name: 'Write report' }).click();
    await page
      .getByRole('dialog', { name: 'The report is written' })
      .getByText('C:\\Reports\\run-running')
      .waitFor();
  });

  it('keeps what it shows when the machine is gone, says since when, and comes back by itself', async () => {
    const { page, complaints } = await rig.open('#/overview');
    await page.getByText('64% done.').waitFor();
    rig.machine.cut();
    const banner = page.getByText('The machine cannot be reached');
    await banner.waitFor();
    await page.getByText('What you see is as of', { exact: false }).waitFor();
    await page.getByText('Stale').waitFor();
    expect(await page.getByTestId('headline').textContent()).toContain('64% done.');
    expect(await page.getByRole('link', { name: 'New copy' }).count()).toBe(1);
    rig.machine.world.rows = [{ ...runningTask, progress: 0.9 }];
    rig.machine.restore();
    await page.getByText('90% done.').first().waitFor();
    await banner.waitFor({ state: 'detached' });
    expect(complaints.filter((text) => !text.includes('WebSocket'))).toEqual([]);
  });

  it('says what is wrong with the machine itself', async () => {
    rig.machine.world.about = { ...about, notices: [{ code: 'store-restored', where: 'fleet.db' }] };
    const { page } = await rig.open('#/overview');
    await page.getByText('A database was restored from its backup').waitFor();
  });

  it('speaks German to Germans, and to whoever chooses it', async () => {
    const { page } = await rig.open('#/overview', { locale: 'de-DE' });
    await page.getByText('64 % fertig.').waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('de');
    await page.getByText('Eine Datei ist von einem anderen Programm gesperrt').waitFor();
    await page.getByRole('button', { name: 'Darstellung und Sprache' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByText('64% done.').waitFor();
    await page.reload();
    await page.getByText('64% done.').waitFor();
  });

  it('says plainly that a task is not there', async () => {
    const { page } = await rig.open('#/tasks/gone-for-good');
    await page.getByRole('heading', { name: 'The task could not be loaded' }).waitFor();
    await page.getByText('There is no such thing any more').waitFor();
    await page.getByRole('link', { name: 'Go to the tasks' }).click();
    await page.getByRole('grid').getByRole('link', { name: 'Personnel' }).waitFor();
  });

  it('does not offer to see what has not been', async () => {
    const { page } = await rig.open(`#/tasks/${READY}`);
    await page.getByText('This task has not run yet.').waitFor();
    expect(await page.getByRole('button', { name: 'Write report' }).count()).toBe(0);
  });
});
