import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findChromium, noChromium } from '../../build/chromium.ts';
import { about, runningTask } from './fixture.ts';
import {
  alone,
  coordinating,
  joinedOne,
  machineRows,
  members,
  pendingMember,
  WORDS,
} from './fixture-machines.ts';
import { axeFindings, openRig, type Rig } from './screen.ts';

const missing = findChromium(process.env) === undefined;

describe.skipIf(missing)(`the machines on the screen${missing ? ` (${noChromium})` : ''}`, () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await openRig();
  }, 60_000);
  afterAll(() => rig?.close());
  afterEach(() => rig?.closePages());
  beforeEach(() => {
    const { world } = rig.machine;
    Object.assign(world, {
      ...{ about, rows: [runningTask], events: [], refuse: null, refuseFleet: null },
      ...{ place: coordinating, members: [...members], machines: [...machineRows] },
    });
    world.asked.length = 0;
  });
  const asked = (what: string) =>
    rig.machine.world.asked.filter((one) => one.what === what).map(({ input }) => input);

  it('leads from one machine to two: promote, invite, compare the words, let in', async () => {
    Object.assign(rig.machine.world, { place: alone, members: [], machines: [] });
    const { page, complaints } = await rig.open('#/machines');
    await page.getByText('This machine works alone').waitFor();
    await page.getByRole('button', { name: 'Use several machines' }).click();
    const promote = page.getByRole('dialog', { name: 'Use several machines' });
    await promote.getByLabel('Port').fill('70000');
    await promote.getByText('A number from 0 to 65535').waitFor();
    await promote.getByLabel('Port').fill('7443');
    rig.machine.world.refuseFleet = { code: 'listener-unable', detail: 'EADDRINUSE' };
    await promote.getByRole('button', { name: 'Begin to listen' }).click();
    await promote.getByText('The coordinator cannot listen there').waitFor();
    rig.machine.world.refuseFleet = null;
    await promote.getByRole('button', { name: 'Begin to listen' }).click();

    // Whoever wants several machines is led on to the invitation.
    const invite = page.getByRole('dialog', { name: 'Invite a machine' });
    await invite.getByRole('button', { name: 'Make an invitation' }).click();
    await invite.getByText(/^Good for another 59 min \d+ s$/).waitFor();
    await invite.getByRole('button', { name: 'Copy the invitation' }).click();
    await invite.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^convoy-join:\S+$/);
    expect(await axeFindings(page)).toEqual([]);

    rig.machine.world.members = [pendingMember];
    const guest = invite.getByRole('group', { name: 'Want to join: NEW-PC' });
    await guest.waitFor();
    expect((await guest.getByTestId('words').textContent())?.trim()).toBe(WORDS);
    await guest.getByRole('button', { name: 'They are the same: let it in' }).click();
    await guest.waitFor({ state: 'detached' });
    expect(asked('accept')).toEqual([{ machine: 'machine-6' }]);
    expect(asked('promote').at(-1)).toEqual({ port: 7_443 });
    await page.keyboard.press('Escape');
    await page.getByText('This machine is the coordinator').waitFor();
    expect(complaints).toEqual([]);
  });

  it('hands the coordination over to a machine that is connected, and says why where that does not work', async () => {
    const { page, complaints } = await rig.open('#/machines');
    await page.getByRole('button', { name: 'Hand over the coordination' }).click();
    const dialog = page.getByRole('dialog', { name: 'Hand the coordination to another machine' });
    const ok = dialog.getByRole('button', { name: 'Hand over' });
    expect(await ok.isDisabled()).toBe(true);
    await dialog.getByRole('combobox', { name: 'Machine' }).click();
    // Those that are away cannot fetch it.
    expect(await page.getByRole('option').allTextContents()).toEqual(['APP-11', 'APP-12', 'NIGHT-01']);
    await page.getByRole('option', { name: 'APP-12' }).click();
    expect(await axeFindings(page)).toEqual([]);
    rig.machine.world.refuseFleet = { code: 'move-failed', detail: 'it is not connected' };
    await ok.click();
    await dialog.getByText('The coordinator could not be moved').waitFor();
    rig.machine.world.refuseFleet = null;
    await ok.click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('move').at(-1)).toEqual({ machine: 'machine-3', listen: {} });
    await page.getByText('Connected. Everything on these pages is that of the coordinator.').waitFor();

    Object.assign(rig.machine.world, { place: coordinating, members: [] });
    await page.reload();
    await page.getByRole('button', { name: 'Hand over the coordination' }).click();
    await page.getByText(/^No other machine is connected/).waitFor();
    expect(complaints).toEqual([]);
  });

  it('says that an invitation is over', async () => {
    const { page } = await rig.open('#/machines');
    await page.getByRole('button', { name: 'Invite a machine' }).click();
    await page.getByRole('button', { name: 'Make an invitation' }).click();
    await page.getByRole('timer').waitFor();
    await page.clock.fastForward(61 * 60_000);
    await page.getByText('This invitation has expired.').waitFor();
  });

  it('says of each machine how it is and why, by a word', async () => {
    const { page } = await rig.open('#/machines');
    const row = (name: string) => page.getByRole('row').filter({ hasText: name });
    await row('FILESRV-02').getByText('Working').waitFor();
    await row('FILESRV-02').getByText('Limited by: network').waitFor();
    await row('FILESRV-02').getByText('this machine').waitFor();
    await row('APP-12').getByText('Ending its work').waitFor();
    await row('NIGHT-01').getByText('Waiting').waitFor();
    await row('NIGHT-01').getByText('outside of its hours').waitFor();
    await row('LAPTOP-EVA').getByText('Away').waitFor();
    await row('LAPTOP-EVA')
      .getByText(/^\d+ min ago$/)
      .waitFor();
    await row('APP-11').getByText('at most 2 at a time, sends at most 20 MB/s').waitFor();
    rig.machine.world.machines = machineRows.map((one) =>
      one.machine === 'machine-2' ? { ...one, state: 'offline', units: [] } : one,
    );
    rig.machine.tell();
    await row('APP-11').getByText('Away').waitFor();
  });

  it('gives limits to one machine from its panel, which Esc closes', async () => {
    const { page, complaints } = await rig.open('#/machines');
    await page.getByRole('grid').getByRole('link', { name: 'APP-11' }).click();
    const panel = page.getByRole('dialog', { name: 'APP-11' });
    await panel.getByText('Marketing/Trade fair/Film').waitFor();
    await panel.getByRole('button', { name: 'Change limits' }).click();
    const limits = page.getByRole('dialog', { name: 'Limits of APP-11' });
    await limits.getByLabel('Labels').fill('night');
    await limits.getByLabel('Labels').press('Enter');
    await limits.getByLabel('Tasks at a time').fill('0');
    await limits.getByText('A number from 1 to 64').waitFor();
    await limits.getByLabel('Tasks at a time').fill('4');
    await limits.getByRole('button', { name: 'Add hours', exact: true }).click();
    await limits.getByLabel('Sends at most, a second').fill('5 MB');
    await limits.getByRole('button', { name: 'Add hours of another speed' }).click();
    await limits.getByRole('button', { name: 'Apply' }).click();
    await limits.waitFor({ state: 'detached' });
    expect(asked('setRules')).toEqual([
      {
        machine: 'machine-2',
        rules: {
          ...{ labels: ['berlin', 'night'], drained: false, slots: 4 },
          hours: [{ days: [1, 2, 3, 4, 5], from: 1_140, to: 420 }],
        },
      },
    ]);
    expect(asked('setBandwidth')).toMatchObject([
      {
        machine: 'machine-2',
        bandwidth: { bytesPerSecond: 5_000_000, hours: [{ bytesPerSecond: 2_000_000 }] },
      },
    ]);
    await panel.getByText('at most 4 at a time', { exact: false }).waitFor();
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(new URL(page.url()).hash).toBe('#/machines');
    expect(complaints).toEqual([]);
  });

  it('orders several machines at once, and asks before it sends any away', async () => {
    const { page } = await rig.open('#/machines');
    const grid = page.getByRole('grid');
    for (const name of ['APP-11', 'NIGHT-01'])
      await grid.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check();
    const bar = page.getByRole('region', { name: '2 machines chosen' });
    await bar.getByRole('button', { name: 'Take no more work' }).click();
    await bar.getByRole('button', { name: 'Take work again' }).waitFor();
    expect(asked('setRules')).toMatchObject([
      { machine: 'machine-2', rules: { drained: true, slots: 2 } },
      { machine: 'machine-4', rules: { drained: true } },
    ]);
    await bar.getByRole('button', { name: 'Send away' }).click();
    const sure = page.getByRole('dialog', { name: 'Send away APP-11 and NIGHT-01?' });
    await sure.waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await page.keyboard.press('Enter');
    await sure.waitFor({ state: 'detached' });
    expect(asked('revoke')).toEqual([]);
    await bar.getByRole('button', { name: 'Send away' }).click();
    await sure.getByRole('button', { name: 'Send away' }).click();
    await grid.getByRole('row').filter({ hasText: 'NIGHT-01' }).getByText('Sent away').waitFor();
    expect(asked('revoke')).toEqual([{ machine: 'machine-2' }, { machine: 'machine-4' }]);
    await bar.getByRole('button', { name: 'Let in again' }).click();
    await grid.getByRole('row').filter({ hasText: 'NIGHT-01' }).getByText('Takes no work').waitFor();
  });

  it('joins another machine, shows the words until somebody confirms them there, and leaves', async () => {
    Object.assign(rig.machine.world, { place: alone, members: [] });
    const { page, complaints } = await rig.open('#/machines');
    await page.getByRole('button', { name: 'Join another machine' }).click();
    const dialog = page.getByRole('dialog', { name: 'Join another machine' });
    await dialog.getByLabel('Invitation').fill('  convoy-join:host:7443/abc  ');
    rig.machine.world.refuseFleet = { code: 'invitation-used' };
    await dialog.getByRole('button', { name: 'Join' }).click();
    await dialog.getByText('This invitation was used already').waitFor();
    expect(await dialog.getByLabel('Invitation').inputValue()).toContain('convoy-join:host:7443/abc');
    rig.machine.world.refuseFleet = null;
    await dialog.getByRole('button', { name: 'Join' }).click();
    await dialog.getByTestId('words').getByText('lagoon').waitFor();
    expect(asked('join').at(-1)).toEqual({ invitation: 'convoy-join:host:7443/abc' });
    rig.machine.world.place = joinedOne('connected');
    await dialog.getByText('This machine is part of the fleet of FILESRV-02.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('heading', { name: 'Works for FILESRV-02' }).waitFor();
    await page.getByRole('button', { name: 'Leave the fleet' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
    await page.getByText('This machine works alone').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'has nothing for axe to find in German when it is %s',
    async (colorScheme) => {
      rig.machine.world.members = [...members, pendingMember];
      const { page } = await rig.open('#/machines', { colorScheme, locale: 'de-DE' });
      await page.getByText('Möchten sich anschließen').waitFor();
      await page.getByRole('grid').getByText('Läuft aus').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('grid').getByRole('link', { name: 'NIGHT-01' }).click();
      await page.getByText('Quellen, die er nicht lesen kann').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    },
    120_000,
  );
});
