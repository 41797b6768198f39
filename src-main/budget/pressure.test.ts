import { describe, expect, it } from 'vitest';
import { Pressure } from './pressure.ts';

/** Spends so many units a second for some seconds, in ten answers each; returns when it ended. */
function spend(pressure: Pressure, from: number, seconds: number, rate: number): number {
  for (let i = 0; i < seconds * 10; i++) pressure.accepted(rate / 10, from + i * 100);
  return from + seconds * 1_000;
}

function refuse(pressure: Pressure, at: number, times: number): void {
  for (let i = 0; i < times; i++) pressure.refused(at);
}

describe('Pressure', () => {
  it('limits nothing until there is pressure: a refusal now and then is none', () => {
    const pressure = new Pressure();
    let now = 0;
    for (let i = 0; i < 20; i++) {
      now = spend(pressure, now, 5, 100);
      pressure.refused(now);
    }
    expect(pressure.rate(now)).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not take the first refusals of a run for pressure, and judges a short run by its own time', () => {
    const pressure = new Pressure();
    for (let i = 0; i < 10; i++) pressure.accepted(2, i * 10);
    refuse(pressure, 100, 3);
    expect(pressure.rate(100)).toBe(Number.POSITIVE_INFINITY);
    spend(pressure, 100, 2, 100);
    refuse(pressure, 2_100, 30);
    expect(pressure.rate(2_100)).toBeGreaterThan(60);
  });

  it('cuts what was spent to 65 %, and not twice within 20 seconds', () => {
    const pressure = new Pressure();
    const now = spend(pressure, 0, 12, 100);
    refuse(pressure, now, 30);
    const cut = pressure.rate(now);
    expect(cut).toBeGreaterThan(60);
    expect(cut).toBeLessThan(70);
    refuse(pressure, now + 900, 40);
    expect(pressure.rate(now + 900)).toBe(cut);
  });

  it('climbs back to the peak quickly, creeps around it, and goes beyond in the end', () => {
    const pressure = new Pressure();
    const now = spend(pressure, 0, 12, 100);
    refuse(pressure, now, 30);
    const after = [10, 20, 60, 300].map((seconds) => pressure.rate(now + seconds * 1_000));
    expect(after[0]).toBeGreaterThan(80);
    expect(after[1]).toBeGreaterThan(90);
    expect(after[2]).toBeLessThan(110);
    expect(after[3]).toBeGreaterThan(150);
    expect(pressure.rate(now + 601_000)).toBe(Number.POSITIVE_INFINITY);
  });

  it('settles near what a service bears that never says its limit', () => {
    const pressure = new Pressure();
    const bears = 50;
    let level = 100;
    let spent = 0;
    for (let tick = 0; tick < 6_000; tick++) {
      const now = tick * 100;
      level = Math.min(100, level + bears / 10);
      const wanted = Math.min(pressure.rate(now), 400) / 10;
      if (level >= wanted) {
        level -= wanted;
        pressure.accepted(wanted, now);
        if (tick >= 1_200) spent += wanted;
      } else pressure.refused(now);
    }
    const seconds = 480;
    expect(spent / seconds).toBeGreaterThan(bears * 0.75);
    expect(spent / seconds).toBeLessThanOrEqual(bears * 1.05);
  });
});
