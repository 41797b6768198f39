import type { Page } from 'playwright-core';
import {
  events,
  failedTask,
  ISSUES,
  issuesTask,
  RUNNING,
  readyTask,
  runningTask,
  waitingTask,
} from './fixture.ts';
import {
  ASSESSED,
  ASSESSING,
  assessedTask,
  assessingTask,
  assessmentView,
  renames,
} from './fixture-assessment.ts';
import { alone, coordinating, joinedOne, machineRows, members, pendingMember } from './fixture-machines.ts';
import { dropList, LIST } from './import-list.ts';
import { signInShots } from './shots-sign-in.ts';
import type { StandIn, World } from './stand-in.ts';

/** A picture that is to be taken: where, of which world, and what has to be on the screen before. */
export interface Shot {
  readonly name: string;
  readonly hash: string;
  readonly world: Partial<World>;
  readonly sign: string;
  readonly locale?: string;
  /** Of the window, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** What a person does before. */
  readonly go?: (page: Page, machine: StandIn) => Promise<unknown>;
}

const busy: Partial<World> = {
  rows: [runningTask, issuesTask, failedTask, readyTask],
  events: [...events],
  items: 99_360,
};
const fleet: Partial<World> = {
  ...busy,
  place: coordinating,
  members: [...members],
  machines: [...machineRows],
};
const assessed: Partial<World> = {
  rows: [runningTask, assessingTask, assessedTask],
  items: 24_000,
  assessment: assessmentView,
  renames: [...renames],
};
const click = (name: string) => (page: Page) => page.getByRole('button', { name }).first().click();

/** A minute of speeds, so that there are curves. */
async function live(page: Page, machine: StandIn): Promise<void> {
  await page.getByText('NIGHT-01').first().waitFor();
  for (let second = 0; second < 40; second += 1) {
    machine.world.machines = machineRows.map((row, at) => {
      const wave = 1 + Math.sin(second / (3 + at)) * 0.22 + Math.sin(second / 1.7 + at) * 0.08;
      const { sample } = row;
      return { ...row, sample: { ...sample, bytesPerSecond: sample.bytesPerSecond * wave } };
    });
    machine.tell();
    await page.waitForTimeout(25);
  }
}

export const shots: readonly Shot[] = [
  { name: 'overview', hash: '#/overview', world: busy, sign: 'text=Limited by: network' },
  { name: 'overview-german', hash: '#/overview', world: busy, locale: 'de-DE', sign: 'text=Die Summen' },
  { name: 'overview-empty', hash: '#/overview', world: {}, sign: 'text=Nothing has been copied yet' },
  { name: 'tasks', hash: '#/tasks', world: busy, sign: '[role="grid"] >> text=Marketing archive' },
  {
    name: 'tasks-waiting',
    hash: '#/tasks',
    world: { rows: [runningTask, waitingTask] },
    sign: 'text=busy with another task',
  },
  { name: 'tasks-phone', hash: '#/tasks', world: busy, width: 400, sign: 'text=Marketing archive' },
  { name: 'new-copy', hash: '#/tasks?new=1', world: busy, sign: '[role="dialog"]' },
  { name: 'task', hash: `#/tasks/${RUNNING}`, world: busy, sign: 'text=The sums' },
  { name: 'task-items', hash: `#/tasks/${ISSUES}?tab=items`, world: busy, sign: 'text=asset-000005.jpg' },
  { name: 'task-issues', hash: `#/tasks/${ISSUES}?tab=issues`, world: busy, sign: 'text=A name is too long' },
  { name: 'task-history', hash: `#/tasks/${ISSUES}?tab=history`, world: busy, sign: 'text=R0' },
  {
    name: 'task-settings',
    hash: `#/tasks/${ISSUES}?tab=settings`,
    world: busy,
    sign: 'text=Files at the same time',
  },
  { name: 'activity', hash: '#/activity', world: busy, sign: 'text=by the coordinator' },
  { name: 'assess', hash: '#/assess', world: assessed, sign: 'text=As of' },
  { name: 'assess-empty', hash: '#/assess', world: {}, sign: 'text=Nothing has been assessed yet' },
  {
    name: 'assessment-going',
    hash: `#/assess/${ASSESSING}`,
    world: assessed,
    sign: 'text=so far',
  },
  {
    name: 'assessment',
    hash: `#/assess/${ASSESSED}`,
    world: assessed,
    height: 2_300,
    sign: 'text=document 3',
  },
  {
    name: 'assessment-picked',
    hash: `#/assess/${ASSESSED}?below=Projects&sizes=5&ready=ready`,
    world: assessed,
    height: 2_300,
    width: 1_100,
    sign: 'text=document 3',
  },
  {
    name: 'assessment-german',
    hash: `#/assess/${ASSESSED}`,
    world: assessed,
    locale: 'de-DE',
    sign: 'text=Bereitschaft',
  },
  {
    name: 'assessment-phone',
    hash: `#/assess/${ASSESSED}`,
    world: assessed,
    width: 400,
    sign: 'text=Readiness',
  },
  {
    name: 'assessment-findings',
    hash: `#/assess/${ASSESSED}?tab=findings`,
    world: assessed,
    sign: 'text=path-too-long',
  },
  {
    name: 'assessment-names',
    hash: `#/assess/${ASSESSED}?tab=names`,
    world: assessed,
    go: (page) => page.getByRole('button', { name: /^Change: Finance/ }).click(),
    sign: 'text=Tender 2019',
  },
  {
    name: 'assessment-forecast',
    hash: `#/assess/${ASSESSED}?tab=forecast`,
    world: assessed,
    sign: 'text=All at a glance',
  },
  {
    name: 'assessment-make',
    hash: `#/assess/${ASSESSED}`,
    world: assessed,
    go: async (page) => {
      await click('Make tasks of it')(page);
      await page.getByRole('radio', { name: 'One task for each folder chosen' }).click();
    },
    sign: 'text=folders are chosen',
  },
  { name: 'import-start', hash: '#/import', world: busy, sign: 'text=Download a template' },
  {
    name: 'import',
    hash: '#/import',
    world: busy,
    go: (page) => dropList(page, 'shares.csv', LIST),
    sign: 'text=The source is no full path',
  },
  {
    name: 'import-german',
    hash: '#/import',
    world: busy,
    locale: 'de-DE',
    go: (page) => dropList(page, 'freigaben.csv', LIST),
    sign: 'text=freigaben.csv',
  },
  { name: 'machines', hash: '#/machines', world: fleet, go: live, sign: 'text=NIGHT-01' },
  { name: 'machines-german', hash: '#/machines', world: fleet, locale: 'de-DE', sign: 'text=NIGHT-01' },
  { name: 'machines-phone', hash: '#/machines', world: fleet, width: 400, sign: 'text=NIGHT-01' },
  {
    name: 'machines-alone',
    hash: '#/machines',
    world: { ...busy, place: alone, machines: machineRows.slice(0, 1) },
    sign: 'text=This machine works alone',
  },
  {
    name: 'machines-pending',
    hash: '#/machines',
    world: { ...fleet, members: [...members, pendingMember] },
    sign: 'text=Want to join',
  },
  {
    name: 'machines-joined',
    hash: '#/machines',
    world: { ...fleet, place: joinedOne('pending'), members: [] },
    sign: 'text=Works for',
  },
  {
    name: 'machines-panel',
    hash: '#/machines?machine=machine-2',
    world: fleet,
    go: live,
    sign: 'text=Marketing/Trade fair/Film',
  },
  {
    name: 'machines-promote',
    hash: '#/machines',
    world: { ...busy, place: alone, machines: machineRows.slice(0, 1) },
    go: click('Use several machines'),
    sign: 'text=Begin to listen',
  },
  {
    name: 'machines-invite',
    hash: '#/machines',
    world: fleet,
    go: async (page) => {
      await click('Invite a machine')(page);
      await click('Make an invitation')(page);
    },
    sign: '[role="timer"]',
  },
  {
    name: 'machines-limits',
    hash: '#/machines?machine=machine-4',
    world: fleet,
    go: click('Change limits'),
    sign: 'text=Works only at certain hours',
  },
  ...signInShots,
  { name: 'not-found', hash: '#/nowhere', world: busy, sign: 'text=Go to the overview' },
];
