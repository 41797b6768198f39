import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Beat } from '../../src-shared/contract/fleet.ts';
import { Story } from './story.ts';

/** Beats that come when nobody waits for them any more: after the coordinator was started again, or the machine. */
let story: Story;
beforeAll(async () => {
  story = await Story.begin();
});
beforeEach(() => story.anew());
afterAll(() => story.rig.close());

function lastSent(): Beat {
  const beat = story.rig.sent.at(-1);
  if (beat === undefined) throw new Error('nothing was sent');
  return beat;
}

/** It is answered, and with nothing. */
async function comesLate(beat: Beat): Promise<void> {
  expect(await story.rig.coordinator.fleet.beat(beat)).toMatchObject({
    ok: true,
    value: { granted: [], units: [] },
  });
}

describe('a beat that was made for an earlier process of the coordinator', () => {
  it('turns nothing back of what was found since', async () => {
    await story.startAndCopyTwo();
    const late = lastSent();
    story.rig.gate.give(1);
    const { counts } = await story.beatUntil((row) => row.counts.byOutcome.copied.files > 2);
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    await comesLate(late);
    expect(story.row().counts).toEqual(counts);
    story.rig.gate.open();
    await story.beatUntil('complete');
  });

  it('is no sign of life, and does not shut out the process that lives', async () => {
    await story.startAndCopyTwo();
    const late = lastSent();
    await story.rig.killAgent();
    await story.rig.stopCoordinator();
    await story.rig.startCoordinator();
    story.rig.startAgent();
    await story.rig.beat();
    const granted = story.rig.answers.flatMap((answer) => answer.granted);
    expect(granted.at(-1)).toMatchObject({ takeUp: 'go-on', epoch: 2 });
    await comesLate(late);
    story.rig.gate.open();
    const done = await story.beatUntil('complete');
    expect(done.counts.byOutcome.copied.files).toBe(story.rig.files);
    expect(await story.eventKinds()).not.toContain('unit-taken-over');
  });
});

it('the first beat of a process that was killed, when it comes after its successor was heard, shuts nobody out', async () => {
  await story.rig.killAgent();
  story.rig.startAgent();
  story.rig.fate = 'is lost';
  await story.rig.agent.beat();
  const late = lastSent();
  expect(late).toMatchObject({ number: 1, coordinator: null });
  await story.rig.killAgent();
  story.rig.startAgent();
  await story.startAndCopyTwo();
  await comesLate(late);
  story.rig.gate.open();
  await story.beatUntil('complete');
  expect((await story.unit()).epoch).toBe(1);
});

it('an agent that hears of another process says at once again what it had said', async () => {
  await story.startAndCopyTwo();
  await story.rig.stopCoordinator();
  await story.rig.startCoordinator();
  const before = story.rig.sent.length;
  await story.rig.beat();
  const [unheard, heard] = story.rig.sent.slice(before);
  expect(heard?.units).toHaveLength(1);
  expect(heard?.coordinator).not.toBe(unheard?.coordinator);
  expect(story.rig.answers.at(-1)?.units).toMatchObject([{ held: true }]);
});
