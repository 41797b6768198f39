import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

const sumSchema = z.object({
  played: z.number(),
  /** Things that happened. */
  steps: z.number(),
  /** Virtual milliseconds. */
  ms: z.number(),
  failed: z.array(z.object({ seed: z.string(), rule: z.string(), what: z.string() })),
});
export type Sum = z.infer<typeof sumSchema>;

/** Plays schedules `<seed>/0` to `<seed>/<count - 1>`, on all processors. */
export async function playMany(seed: string, count: number): Promise<Sum> {
  const threads = availableParallelism();
  const sums = await Promise.all(
    Array.from({ length: threads }, (_, from) => playShare({ seed, from, to: count, by: threads })),
  );
  return sums.reduce((a, b) => ({
    played: a.played + b.played,
    steps: a.steps + b.steps,
    ms: a.ms + b.ms,
    failed: [...a.failed, ...b.failed],
  }));
}

function playShare(share: { seed: string; from: number; to: number; by: number }): Promise<Sum> {
  const worker = new Worker(new URL('./many-worker.ts', import.meta.url), { workerData: share });
  return new Promise((resolve, reject) => {
    worker.once('message', (sum) => resolve(sumSchema.parse(sum)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a thread of schedules ended with ${code}`)));
  });
}
