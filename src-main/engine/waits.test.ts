import { describe, expect, it } from 'vitest';
import { Waits } from './waits.ts';

describe('what slots wait for', () => {
  it('counts every millisecond of every slot in exactly one state', async () => {
    let now = 0;
    const waits = new Waits(() => now);
    const [a, b] = [waits.slot(), waits.slot()];
    now = 10;
    await a.during('reading', async () => {
      now = 25;
      await b.during('sending', async () => {
        now = 40;
        b.onWait('throttled');
        now = 70;
        b.onWait(undefined);
        now = 75;
      });
    });
    now = 80;
    const times = waits.times();
    expect(times).toMatchObject({ reading: 65, sending: 20, throttled: 30, idle: 45 });
    expect(Object.values(times).reduce((sum, ms) => sum + ms, 0)).toBe(2 * 80);
  });

  it('shows the time of a state that goes on', () => {
    let now = 0;
    const waits = new Waits(() => now);
    waits.slot();
    now = 7;
    expect(waits.times().idle).toBe(7);
  });

  it('goes back to the state before, also when something is thrown', async () => {
    let now = 0;
    const waits = new Waits(() => now);
    const slot = waits.slot();
    await expect(slot.during('listing', () => Promise.reject(new Error('x')))).rejects.toThrow('x');
    now = 5;
    expect(waits.times()).toMatchObject({ listing: 0, idle: 5 });
  });
});
