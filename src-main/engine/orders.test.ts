import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addsUp } from '../../src-shared/model/counts.ts';
import { EngineRig } from './engine-rig.ts';
import type { RunningUnit } from './unit.ts';

const FRAGMENT = 327_680;
let rig: EngineRig;
beforeEach(async () => {
  rig = await EngineRig.make();
  rig.settings = { parallelFiles: 2, fragmentBytes: FRAGMENT };
  await rig.write(
    Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d${i % 4}/f${i}`, `content ${i}`])),
  );
  await rig.write({ 'large.bin': new Uint8Array(8 * FRAGMENT) });
});
afterEach(() => rig.end());

describe('orders (stand-in destination)', () => {
  it('pauses at a border, stands still, and goes on where it was', async () => {
    const gate = holdAfter(10);
    const { end, counts } = await rig.run(0, async (unit) => {
      await gate.reached;
      unit.order('pause');
      expect(unit.state).toBe('pausing');
      gate.open();
      await until(() => unit.state === 'paused');
      expect(unit.live().phase).toBe('paused');
      const written = rig.destination.writes.length;
      await turns(50);
      expect(rig.destination.writes.length).toBe(written);
      unit.order('work');
      expect(unit.state).toBe('running');
    });
    expect(end).toEqual({ how: 'done' });
    expect(counts.byOutcome.copied.files).toBe(41);
    expect([...rig.destination.items.values()].every((item) => item.versions === 1)).toBe(true);
  });

  it('stops at once: nothing is written after it, and another start goes on', async () => {
    const gate = holdAfter(10);
    let written = -1;
    const { end, counts } = await rig.run(0, async (unit) => {
      await gate.reached;
      unit.order('stop');
      expect(unit.state).toBe('stopping');
      written = rig.destination.writes.length;
      gate.open();
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(rig.destination.writes.length).toBe(written);
    expect(addsUp(counts, false)).toBe(true);
    const second = await rig.run(0);
    expect(second.end).toEqual({ how: 'done' });
    expect(second.counts.byOutcome.copied.files).toBe(41);
    expect([...rig.destination.items.values()].every((item) => item.versions === 1)).toBe(true);
  });

  it('finishes: what is in flight gets there, nothing new is begun', async () => {
    const gate = holdAfter(3);
    const { end, counts } = await rig.run(0, async (unit) => {
      await gate.reached;
      unit.order('finish');
      gate.open();
    });
    expect(end).toEqual({ how: 'stopped' });
    expect(rig.destination.openSessions).toBe(0);
    expect(counts.byOutcome.copied.files).toBeLessThan(41);
    expect(counts.byOutcome.failed.files).toBe(0);
  });

  it('can be stopped while it is paused', async () => {
    const gate = holdAfter(5);
    const { end } = await rig.run(0, async (unit) => {
      await gate.reached;
      unit.order('pause');
      gate.open();
      await until(() => unit.state === 'paused');
      unit.order('stop');
    });
    expect(end).toEqual({ how: 'stopped' });
  });

  it('writes nothing while its lease is in doubt, not even what was asked for before', async () => {
    let may = true;
    let asked = 0;
    rig.env = {
      mayWrite: () => may,
      sleep: async () => {
        asked += 1;
        if (asked > 20) may = true;
        await turns(1);
      },
    };
    const gate = holdAfter(6);
    let written = -1;
    const { end, counts } = await rig.run(0, async () => {
      await gate.reached;
      may = false;
      written = rig.destination.writes.length;
      gate.open();
      await until(() => asked > 10);
      expect(rig.destination.writes.length).toBe(written);
    });
    expect(end).toEqual({ how: 'done' });
    expect(counts.byOutcome.copied.files).toBe(41);
    expect([...rig.destination.items.values()].every((item) => item.versions === 1)).toBe(true);
  });

  it('shows what it does', async () => {
    const gate = holdAfter(10);
    await rig.run(0, async (unit: RunningUnit) => {
      await gate.reached;
      const live = unit.live();
      expect(live.phase === 'scanning' || live.phase === 'copying').toBe(true);
      expect(live.slots).toBeGreaterThanOrEqual(2);
      expect(live.inFlight.length).toBeGreaterThan(0);
      expect(live.requests).toBeGreaterThan(0);
      gate.open();
    });
  });
});

/** Lets a number of sends pass and holds the others until it is opened. */
function holdAfter(passes: number): { readonly reached: Promise<void>; open(): void } {
  let sends = 0;
  let open = (): void => undefined;
  let reached = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const held = new Promise<void>((resolve) => {
    reached = resolve;
  });
  rig.destination.fault = async (kind) => {
    if (kind !== 'send' || ++sends <= passes) return undefined;
    reached();
    await opened;
    return undefined;
  };
  return { reached: held, open };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await turns(1);
}

/** So many turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
