import { expect, it } from 'vitest';
import { crewAtWork } from './crew.ts';

/** Work that is done in turns: each piece says how many are at work when it is taken up. */
function rig(pieces: number, sizeAt: (done: number) => number) {
  let done = 0;
  let atWork = 0;
  const seen: number[] = [];
  const member = async (mayGoOn: () => boolean): Promise<void> => {
    while (mayGoOn()) {
      if (done >= pieces) return;
      done += 1;
      atWork += 1;
      seen.push(atWork);
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
    }
  };
  return { seen, run: () => crewAtWork(() => sizeAt(done), member), done: () => done };
}

it('keeps as many at work as there should be', async () => {
  const { seen, run, done } = rig(100, () => 5);
  await run();
  expect(done()).toBe(100);
  expect(Math.max(...seen)).toBe(5);
});

it('becomes larger and smaller while it works', async () => {
  const { seen, run } = rig(400, (count) => (count < 100 ? 2 : count < 200 ? 12 : 3));
  await run();
  expect(Math.max(...seen.slice(0, 100))).toBe(2);
  expect(Math.max(...seen.slice(100, 200))).toBe(12);
  expect(Math.max(...seen.slice(230))).toBe(3);
});

it('never sends the last one away', async () => {
  const { run, done } = rig(20, (count) => (count === 0 ? 2 : 0));
  await run();
  expect(done()).toBe(20);
});

it('ends at once where nobody should be', async () => {
  const { run, done } = rig(20, () => 0);
  await run();
  expect(done()).toBe(0);
});

it('says what one of them threw, after the others have ended', async () => {
  let ended = 0;
  const crew = crewAtWork(
    () => 3,
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ended += 1;
      if (ended === 1) throw new Error('broken');
    },
  );
  await expect(crew).rejects.toThrow('broken');
  expect(ended).toBe(3);
});
