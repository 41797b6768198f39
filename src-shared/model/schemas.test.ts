import { describe, expect, it } from 'vitest';
import { cloudSchema, publicClouds } from './cloud.ts';
import { liveSchema, noLive } from './live.ts';
import { ProblemError } from './problem.ts';
import { defaultSettings, taskSettingsSchema } from './settings.ts';
import { idSchema } from './task.ts';

describe('settings of a task', () => {
  it('have a default each', () => {
    expect(taskSettingsSchema.parse({})).toEqual(defaultSettings);
  });

  it.each([327_681, 0, 62_586_880, 1.5])(
    'refuse fragments of %d bytes, which the service would refuse',
    (bytes) => {
      expect(taskSettingsSchema.safeParse({ fragmentBytes: bytes }).success).toBe(false);
    },
  );

  it('accept the smallest and the largest fragment', () => {
    for (const fragmentBytes of [327_680, 62_259_200])
      expect(taskSettingsSchema.parse({ fragmentBytes }).fragmentBytes).toBe(fragmentBytes);
  });
});

describe('clouds', () => {
  it.each(Object.entries(publicClouds))('%s is a valid cloud under its own name', (name, cloud) => {
    expect(cloudSchema.parse(cloud).name).toBe(name);
  });

  it.each([
    ['http://login.example.com', false],
    ['http://127.0.0.1:8443', true],
    ['http://localhost:8443', true],
    ['https://login.example.com', true],
    ['ftp://login.example.com', false],
    ['http://127.0.0.1.example.com', false],
  ])('authority %s: %s', (authority, good) => {
    expect(cloudSchema.safeParse({ ...publicClouds.global, authority }).success).toBe(good);
  });
});

describe('names of things', () => {
  it.each(['', 'abc', 'ABCD', 'a b c d', '../../x', 'x'.repeat(65)])('refuses %j', (text) => {
    expect(idSchema.safeParse(text).success).toBe(false);
  });

  it('accepts a UUID', () => {
    expect(idSchema.safeParse('0b6f7a8e-8a66-4b3c-9f7e-111111111111').success).toBe(true);
  });
});

describe('the live view of nothing', () => {
  it('is valid', () => {
    expect(liveSchema.parse(noLive('starting'))).toEqual(noLive('starting'));
  });
});

describe('a problem as an exception', () => {
  it('says code, place and detail, and keeps the problem', () => {
    const problem = { code: 'source-missing', where: '/x', detail: 'ENOENT' } as const;
    const error = new ProblemError(problem);
    expect(error.message).toBe('source-missing: /x: ENOENT');
    expect(error.problem).toBe(problem);
  });
});
