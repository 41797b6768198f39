import { describe, expect, it } from 'vitest';
import type { AllowanceState } from '../model/allowance.ts';
import { type EtaFacts, etaOf } from './eta.ts';

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A model that is quite sure: 100 files a second, 100 MB a second. */
const costs = [{ perFile: 0.01, perByte: 1e-8, noise: 0.05, weight: 1 }];
const facts: EtaFacts = {
  rest: { files: 360_000, bytes: 0, units: 1_440_000, requests: 720_000 },
  costs,
  heldUp: { least: 0, most: 0 },
  factor: 'service',
  allowances: [],
  slowestFile: undefined,
  throttledUntil: null,
  scanning: false,
};
const hours = (at: number): number => (at - NOW) / HOUR;

const ofDay: AllowanceState = {
  kind: 'long-units',
  amount: 1.2e6,
  windowMs: DAY,
  used: 1.2e6,
  freeFrom: NOW + 10 * HOUR,
};

describe('the end', () => {
  it('follows from the own pace where nothing else is slower', () => {
    const eta = etaOf(facts, NOW);
    expect(hours(eta.earliest)).toBeGreaterThan(0.7);
    expect(hours(eta.latest)).toBeLessThan(1.4);
    expect(eta).toMatchObject({ limitedBy: 'service', atLeast: false });
    expect(etaOf({ ...facts, scanning: true }, NOW).atLeast).toBe(true);
  });

  it('is not promised before names are free that lost uploads hold, which takes up to 15 minutes', () => {
    const few = { ...facts.rest, files: 24, units: 96, requests: 48 };
    const eta = etaOf({ ...facts, rest: few, factor: 'blocked-names' }, NOW);
    expect(eta).toMatchObject({ latest: NOW + 15 * 60_000, limitedBy: 'blocked-names' });
    expect(eta.earliest).toBeLessThan(NOW + 60_000);
    expect(etaOf({ ...facts, rest: few }, NOW).latest).toBeLessThan(NOW + 60_000);
  });

  it('follows from the budget of a day, which is named', () => {
    const eta = etaOf({ ...facts, allowances: [ofDay] }, NOW);
    expect(eta.limitedBy).toBe('long-units');
    expect(hours(eta.earliest)).toBeGreaterThan(20);
    expect(hours(eta.latest)).toBeLessThan(40);
  });

  it.each([
    ['quota', { kind: 'quota', amount: 1_250, windowMs: 60_000, used: 0, freeFrom: NOW }, 19.2],
    ['bytes', { kind: 'bytes', amount: 50e9, windowMs: HOUR, used: 50e9, freeFrom: NOW + HOUR }, 4],
    ['requests', { kind: 'requests', amount: 3_000, windowMs: 300_000, used: 3_000, freeFrom: NOW }, 20],
  ] as const)('is named with the limit of %s', (name, allowance, about) => {
    const rest = name === 'bytes' ? { ...facts.rest, bytes: 200e9 } : facts.rest;
    const eta = etaOf({ ...facts, rest, allowances: [allowance] }, NOW);
    expect(eta.limitedBy).toBe(name);
    expect(hours(eta.earliest)).toBeLessThan(about);
    expect(hours(eta.latest)).toBeGreaterThan(about);
  });

  it('is later by the share of time for which work is held up, and names whose order it is', () => {
    const held = { ...facts, heldUp: { least: 0.5, most: 0.75 } };
    const throttled = etaOf({ ...held, factor: 'throttling' }, NOW);
    expect(throttled.limitedBy).toBe('throttling');
    expect(hours(throttled.latest)).toBeGreaterThan(3.5);
    // The waits of a budget are those of the limit that is known.
    const quota = { kind: 'quota', amount: 10_000, windowMs: 60_000, used: 0, freeFrom: NOW } as const;
    expect(etaOf({ ...held, factor: 'budget', allowances: [quota] }, NOW).limitedBy).toBe('quota');
    expect(etaOf({ ...held, factor: 'budget' }, NOW).limitedBy).toBe('budget');
  });

  it('waits for one large file that goes on alone', () => {
    const rest = { files: 1, bytes: 36e9, units: 7_000, requests: 3_600 };
    const slowestFile = { bytesLeft: 36e9, bytesPerSecond: 2e6 };
    const eta = etaOf({ ...facts, rest, slowestFile }, NOW);
    expect(eta.limitedBy).toBe('one-file');
    expect(hours(eta.earliest)).toBeLessThan(5);
    expect(hours(eta.latest)).toBeGreaterThan(5);
  });

  it('begins after the wait that was ordered', () => {
    const eta = etaOf({ ...facts, throttledUntil: NOW + 5 * HOUR }, NOW);
    expect(hours(eta.earliest)).toBeGreaterThan(5.7);
  });
});
