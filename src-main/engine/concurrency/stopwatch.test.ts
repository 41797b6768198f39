import { describe, expect, it } from 'vitest';
import { Waits } from '../waits.ts';
import { Stopwatch } from './stopwatch.ts';

describe('Stopwatch', () => {
  it('counts work, and not what was waited for until others let it go on', async () => {
    let now = 1_000;
    const slot = new Waits(() => now).slot();
    const pass = async (ms: number): Promise<void> => {
      now += ms;
    };
    const watch = new Stopwatch(slot, () => now);
    await slot.during('reading', () => pass(30));
    await slot.during('sending', async () => {
      await pass(20);
      slot.onWait('throttled');
      await pass(1_000);
      slot.onWait('budget');
      await pass(500);
      slot.onWait(undefined);
      await pass(5);
    });
    expect(watch.lap()).toBe(55);
    await slot.during('paused', () => pass(9_000));
    expect(watch.lap()).toBe(0);
    now -= 100;
    expect(watch.lap()).toBe(0);
  });
});
