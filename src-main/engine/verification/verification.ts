import { z } from 'zod';
import { itemKinds } from '../../../src-shared/model/item.ts';
import type { Result } from '../../../src-shared/model/problem.ts';
import { verdicts } from '../../../src-shared/rules/compare-copy.ts';
import type { Destination } from '../../destination/destination.ts';
import type { Source } from '../../source/source.ts';
import type { DifferenceLog } from '../../store/difference-log.ts';
import type { TaskCopies } from '../../store/task-copies.ts';

/** How something was looked at, beyond the listing. */
export const evidences = [
  /** Size, hash and tag that the service lists. */
  'listing',
  /** Downloaded, and equal to the source byte for byte; or not. */
  'source-bytes',
  /** Downloaded: the parts of the package that SharePoint does not rewrite were compared with the source's. */
  'package-parts',
  /** Downloaded: the source is gone or changed, so its hash was compared with the one that was recorded when it was sent. */
  'recorded-hash',
  /** Downloaded, and there is nothing to compare it with, or it cannot be looked into. */
  'opaque',
] as const;
export type Evidence = (typeof evidences)[number];

const sideSchema = z.object({
  name: z.string(),
  /** Below the destination's root; null where that is not known, or not below it. */
  folder: z.string().nullable(),
  size: z.number(),
  modified: z.number(),
  hash: z.string().nullable(),
});

/** A copy that is not as it was recorded, or is somewhere else. Times in milliseconds since 1970. */
export const differenceSchema = z.object({
  item: z.number().int(),
  path: z.string(),
  kind: z.enum(itemKinds),
  verdict: z.enum(verdicts),
  moved: z.boolean(),
  evidence: z.enum(evidences),
  was: sideSchema,
  now: sideSchema.nullable(),
  /** For people, in English, as reports are. */
  detail: z.string(),
});
export type Difference = z.infer<typeof differenceSchema>;

/** How far a verification is. */
export interface VerificationProgress {
  readonly phase: 'listing' | 'searching' | 'reading';
  /** Items that the destination listed so far, ours or not. */
  readonly listed: number;
  /** Files that were read so far, and their bytes. */
  readonly read: number;
  readonly bytes: number;
}

/** What a verification works with. It asks and reads, and there is nothing here that it could write with. */
export interface VerificationWork {
  readonly copies: TaskCopies;
  readonly destination: Pick<Destination, 'root' | 'changes' | 'findById' | 'download'>;
  readonly log: DifferenceLog<Difference>;
  readonly signal: AbortSignal;
  readonly progress: (progress: VerificationProgress) => void;
}

export interface DeepOrder {
  /** Or why there is none. */
  readonly source: Result<Source>;
  /** The part of all files that is read: 0 < x <= 1. */
  readonly share: number;
  /** The same seed chooses the same files. */
  readonly seed: string;
  /** Where downloads are kept while they are looked into; must be there. */
  readonly folder: string;
}
