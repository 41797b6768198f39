import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteBudget } from './byte-budget.ts';

describe('the byte budget', () => {
  it('lets wait who wants more than is free, first come, first served', async () => {
    const budget = new ByteBudget(10);
    const first = await budget.take(8);
    const order: string[] = [];
    const large = budget.take(6).then((release) => {
      order.push('large');
      return release;
    });
    const small = budget.take(1).then((release) => {
      order.push('small');
      return release;
    });
    expect(budget.tryTake(1)).toBeUndefined();
    first();
    (await large)();
    (await small)();
    expect(order).toEqual(['large', 'small']);
    expect(budget.inUse).toBe(0);
  });

  it('gives all there is to who wants more than there can be, and takes back once only', async () => {
    const budget = new ByteBudget(10);
    const release = await budget.take(100);
    expect(budget.inUse).toBe(10);
    release();
    release();
    expect(budget.inUse).toBe(0);
  });

  it('is never overdrawn and serves everybody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 40 }), async (wishes) => {
        const budget = new ByteBudget(10);
        let served = 0;
        await Promise.all(
          wishes.map(async (bytes) => {
            const release = await budget.take(bytes);
            expect(budget.inUse).toBeLessThanOrEqual(10);
            await Promise.resolve();
            served += 1;
            release();
          }),
        );
        expect(served).toBe(wishes.length);
        expect(budget.inUse).toBe(0);
      }),
    );
  });
});
