import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feed } from './feed.ts';

describe('a feed', () => {
  it('hands everything out once, also what comes of what was handed out, and ends by itself', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 30 }),
        async (workers, batch, children) => {
          // A tree: item n brings children[n] further ones.
          const queue = [0];
          let made = 1;
          const feed = new Feed<number>({
            take: async (limit) => queue.splice(0, limit),
            batch,
            upstreamEnded: () => true,
          });
          const seen: number[] = [];
          const work = async (): Promise<void> => {
            for (let item = await feed.next(); item !== undefined; item = await feed.next()) {
              seen.push(item);
              await Promise.resolve();
              for (let i = 0; i < (children[item] ?? 0); i++) queue.push(made++);
              feed.done();
            }
          };
          await Promise.all(Array.from({ length: workers }, work));
          expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: made }, (_, i) => i));
          expect(feed.ended).toBe(true);
        },
      ),
    );
  });

  it('waits for upstream, and sees what came in its last moment', async () => {
    const queue: string[] = [];
    let ended = false;
    const feed = new Feed<string>({
      take: async (limit) => queue.splice(0, limit),
      batch: 10,
      upstreamEnded: () => ended,
    });
    const next = feed.next();
    await Promise.resolve();
    queue.push('last');
    ended = true;
    feed.news();
    expect(await next).toBe('last');
    feed.done();
    expect(await feed.next()).toBeUndefined();
  });

  it('lets nobody wait once it was ended', async () => {
    const feed = new Feed<string>({ take: async () => [], batch: 1, upstreamEnded: () => false });
    const waiting = [feed.next(), feed.next()];
    await Promise.resolve();
    feed.end();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
  });

  it('throws what taking throws to everybody who asks', async () => {
    const feed = new Feed<string>({
      take: () => Promise.reject(new Error('disk full')),
      batch: 1,
      upstreamEnded: () => true,
    });
    await expect(feed.next()).rejects.toThrow('disk full');
    await expect(feed.next()).rejects.toThrow('disk full');
  });

  it('says once it knows that what it has in hand is all, and when that is handed out', async () => {
    const queue = [1, 2, 3];
    let upstreamEnded = false;
    const told: string[] = [];
    const feed: Feed<number> = new Feed<number>({
      take: async (limit) => queue.splice(0, limit),
      batch: 4,
      upstreamEnded: () => upstreamEnded,
      onLittle: () => told.push(feed.isDry ? 'dry' : 'spent'),
    });
    // Fewer than were asked for: but somebody may still bring more.
    expect([await feed.next(), feed.nextReady(9, () => true)]).toEqual([1, [2, 3]]);
    expect([feed.isSpent, feed.isDry]).toEqual([false, false]);
    queue.push(4, 5);
    upstreamEnded = true;
    feed.news();
    expect(await feed.next()).toBe(4);
    expect([feed.isSpent, feed.isDry]).toEqual([true, false]);
    expect(await feed.next()).toBe(5);
    expect(feed.isDry).toBe(true);
    expect(told).toEqual(['spent', 'dry']);
  });

  it('gives what fits together, and an even share when little is left', async () => {
    const queue = [1, 20, 2, 30, 3];
    const feed = new Feed<number>({
      take: async (limit) => queue.splice(0, limit),
      batch: 10,
      upstreamEnded: () => true,
    });
    expect(await feed.next()).toBe(1);
    expect(feed.share(2, 20)).toBe(2);
    expect(feed.nextReady(5, (n) => n < 10)).toEqual([2, 3]);
    expect(await feed.next()).toBe(20);
  });
});
