import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { events, failedTask, ISSUES, issuesTask, RUNNING, readyTask, runningTask } from './fixture.ts';
import {
  ASSESSED,
  ASSESSING,
  assessedTask,
  assessingTask,
  assessmentView,
  renames,
} from './fixture-assessment.ts';
import { coordinating, machineRows, members, pendingMember } from './fixture-machines.ts';
import { nobody } from './fixture-sign-in.ts';
import { axeFindings, openRig, type Rig } from './screen.ts';

const missing = findChromium(process.env) === undefined;

/** Every route, with what has to be on the screen before it is looked at. */
const routes = [
  ['#/overview', 'Overview', 'text=Limited by: network'],
  ['#/tasks', 'Tasks', '[role="grid"] >> text=Marketing archive'],
  ['#/tasks?new=1', 'Tasks', '[role="dialog"]'],
  [`#/tasks/${RUNNING}`, 'Overview', 'text=The sums'],
  [`#/tasks/${ISSUES}?tab=items`, 'Items', 'text=asset-000005.jpg'],
  [`#/tasks/${ISSUES}?tab=issues`, 'Issues', 'text=A name is too long'],
  [`#/tasks/${ISSUES}?tab=history`, 'History', 'text=R0'],
  [`#/tasks/${ISSUES}?tab=settings`, 'Settings', 'text=Files at the same time'],
  ['#/assess', 'Assess', 'text=As of'],
  [`#/assess/${ASSESSING}`, 'Assessment', 'text=so far'],
  [`#/assess/${ASSESSED}?sizes=4`, 'Assessment', 'text=Files by size'],
  [`#/assess/${ASSESSED}?tab=findings`, 'Assessment', 'text=path-too-long'],
  [`#/assess/${ASSESSED}?tab=names`, 'Assessment', 'text=Tender 2019'],
  [`#/assess/${ASSESSED}?tab=forecast`, 'Assessment', 'text=All at a glance'],
  ['#/import', 'Import', 'text=Download a template'],
  ['#/machines', 'Machines', 'text=NIGHT-01'],
  ['#/machines?machine=machine-4', 'Machines', 'text=Sources it cannot read'],
  ['#/activity', 'Activity', 'text=by the coordinator'],
  ['#/sign-in', 'Sign-in', 'text=Sign in as a person'],
  ['#/nowhere', 'There is nothing at this address', 'text=Go to the overview'],
] as const;

describe.skipIf(missing)(
  `the look of the screen against a stand-in machine${missing ? ` (${noChromium})` : ''}`,
  () => {
    let rig: Rig;
    beforeAll(async () => {
      rig = await openRig();
      rig.machine.world.rows = [runningTask, issuesTask, failedTask, readyTask, assessedTask, assessingTask];
      Object.assign(rig.machine.world, {
        place: coordinating,
        members: [...members, pendingMember],
        machines: [...machineRows],
        signIn: nobody,
        assessment: assessmentView,
        renames: [...renames],
      });
      rig.machine.world.items = 99_360;
      rig.machine.world.events = [...events];
    }, 60_000);
    afterAll(() => rig?.close());
    afterEach(() => rig?.closePages());

    /** One page goes through all routes, as a person does; what it finds is told by route. */
    async function walk(
      options: BrowserContextOptions,
      look: (page: Page, hash: string) => Promise<unknown>,
    ) {
      const { page, complaints } = await rig.open('#/overview', options);
      const found: Record<string, unknown> = {};
      for (const [hash, title, sign] of routes) {
        await page.evaluate((to) => {
          window.location.hash = to;
        }, hash);
        const narrow = (page.viewportSize()?.width ?? 0) < 900;
        await page
          .locator(narrow ? sign.replace('[role="grid"] >> ', '') : sign)
          .first()
          .waitFor();
        expect(await page.title()).toBe(`${title} · Convoy`);
        expect(complaints, hash).toEqual([]);
        found[hash] = await look(page, hash);
      }
      return found;
    }
    const nothing = Object.fromEntries(routes.map(([hash]) => [hash, []]));

    it.each(['light', 'dark'] as const)(
      'has nothing for axe to find on any route when it is %s',
      async (colorScheme) => {
        expect(await walk({ colorScheme }, axeFindings)).toEqual(nothing);
      },
      600_000,
    );

    it('fits 400 pixels without scrolling sideways, and axe agrees', async () => {
      const look = async (page: Page) => {
        const overhang = await page.evaluate(() =>
          [document.documentElement, document.getElementById('main')].some(
            (box) => box !== null && box.scrollWidth > box.clientWidth,
          ),
        );
        return [...(overhang ? ['wider than the screen'] : []), ...(await axeFindings(page))];
      };
      expect(await walk({ viewport: { width: 400, height: 800 } }, look)).toEqual(nothing);
    }, 600_000);

    it.each(['en-GB', 'de-DE'])('has the whole task list within 1280 pixels (%s)', async (locale) => {
      const { page } = await rig.open('#/tasks', { viewport: { width: 1280, height: 800 }, locale });
      const grid = page.getByRole('grid');
      await grid.getByRole('link', { name: runningTask.task.name }).waitFor();
      const buttons = await grid.getByRole('button', { name: runningTask.task.name }).all();
      expect(buttons).toHaveLength(3);
      const edge = await grid.boundingBox();
      for (const button of buttons) {
        const box = await button.boundingBox();
        expect((box?.x ?? Number.NaN) + (box?.width ?? 0)).toBeLessThan((edge?.x ?? 0) + (edge?.width ?? 0));
      }
    });

    it('is dark from the first paint when dark was chosen, whatever the system says', async () => {
      const { page } = await rig.open('#/overview', { colorScheme: 'light' });
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      expect(await ground()).toBe('rgb(244, 246, 248)');
      await page.getByRole('button', { name: 'Appearance and language' }).click();
      await page.getByRole('menuitemradio', { name: 'Dark' }).click();
      await expect.poll(ground).toBe('rgb(15, 21, 27)');
      // Without the program: only the page, its style sheet and scheme.js.
      await page.route('**/assets/*.js', (route) => route.abort());
      await page.reload();
      expect(await ground()).toBe('rgb(15, 21, 27)');
      expect(await page.locator('#root').innerHTML()).toBe('');
    });

    it('loads nothing from elsewhere and says which policy it runs under', async () => {
      const { page, complaints } = await rig.open('#/nowhere');
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const answer = await page.reload();
      await page.locator('h1').waitFor();
      expect(answer?.headers()['content-security-policy']).toMatch(
        /default-src 'none'.*script-src 'self';.*'nonce-/,
      );
      expect(asked.every((url) => url.startsWith(rig.machine.origin))).toBe(true);
      expect(complaints).toEqual([]);
    });
  },
);
