import type { WorkerOptions } from 'node:worker_threads';

/**
 * What the thread of a database may hold of young objects, in MiB: rows on their way, dead a moment later. V8 would let
 * 16 to 192 MiB of them pile up in each thread. With 8 the journal takes as many items/s as without a limit, with 2
 * it needs a fifth more processor time for settling them (bench/store-bytes.ts, Node 24, November 2026).
 */
const YOUNG_MIB = 8;

export const threadLimits: WorkerOptions = { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB } };
