import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Semaphore } from './semaphore.ts';

describe('the semaphore', () => {
  it('lets wait who wants more than is free, first come, first served', async () => {
    const budget = new Semaphore(10);
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
    const budget = new Semaphore(10);
    const release = await budget.take(100);
    expect(budget.inUse).toBe(10);
    release();
    release();
    expect(budget.inUse).toBe(0);
  });

  it('keeps a part for those who try again, and serves them first', async () => {
    const budget = new Semaphore(100, 0.25);
    const all = await budget.take(500);
    expect(budget.inUse).toBe(75);
    const order: string[] = [];
    const fresh = budget.take(10).then((release) => {
      order.push('new');
      return release;
    });
    const first = await budget.take(20, true);
    expect(budget.inUse).toBe(95);
    const second = budget.take(20, true).then((release) => {
      order.push('again');
      return release;
    });
    first();
    (await second)();
    expect(order).toEqual(['again']);
    all();
    (await fresh)();
    expect(order).toEqual(['again', 'new']);
    expect(budget.inUse).toBe(0);
  });

  it('is never overdrawn and serves everybody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.boolean()), { maxLength: 40 }),
        async (wishes) => {
          const budget = new Semaphore(10, 0.25);
          let served = 0;
          await Promise.all(
            wishes.map(async ([bytes, again]) => {
              const release = await budget.take(bytes, again);
              expect(budget.inUse).toBeLessThanOrEqual(10);
              await Promise.resolve();
              served += 1;
              release();
            }),
          );
          expect(served).toBe(wishes.length);
          expect(budget.inUse).toBe(0);
        },
      ),
    );
  });
});
