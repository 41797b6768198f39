import { describe, expect, it } from 'vitest';
import { closeAll } from './close-all.ts';

const fail = (name: string) => async () => {
  throw new Error(name);
};

describe('closing several things', () => {
  it('is done in order, one after the other', async () => {
    const log: string[] = [];
    const slow = async () => {
      await new Promise(setImmediate);
      log.push('slow');
    };
    await closeAll([slow, async () => void log.push('quick'), () => undefined]);
    expect(log).toEqual(['slow', 'quick']);
  });

  it('goes on past what cannot be closed, and says so afterwards', async () => {
    const log: string[] = [];
    await expect(closeAll([fail('one'), async () => void log.push('two')])).rejects.toThrow('one');
    expect(log).toEqual(['two']);
    await expect(closeAll([fail('one'), fail('two')])).rejects.toMatchObject({
      errors: [{ message: 'one' }, { message: 'two' }],
    });
  });
});
