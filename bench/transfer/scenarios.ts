import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultSettingsInput } from '../../src-practice/tenant/fault-settings.ts';
import type { PracticeOptions } from '../../src-practice/tenant/options.ts';
import { makeLargeFiles, makeSmallFiles, type Share } from './share.ts';
import type { Copied, Stage } from './stage.ts';

/** Who copies: Convoy and the two yardsticks. */
export type Contender = 'convoy' | 'rclone' | 'limit';

export interface Scenario {
  readonly name: string;
  readonly aim: string;
  readonly tenant: PracticeOptions;
  readonly faults: FaultSettingsInput;
  readonly share: (folder: string, scale: number) => Share;
  readonly contenders: readonly Contender[];
  /** Uploads side by side: of rclone (its best number is any: it never sends more than one call in 10 ms), and of the limit. */
  readonly transfers: number;
  /** The first copy is made before and not measured. */
  readonly second?: true;
}

const latency = (ms: number): FaultSettingsInput => ({ latencyMs: { min: ms, max: ms } });
const small =
  (files: number, folders = 250) =>
  (folder: string, scale: number): Share => {
    const count = Math.max(100, Math.round(files * scale));
    return makeSmallFiles(join(folder, 'share'), count, Math.min(folders, Math.ceil(count / 40)));
  };
const large = (folder: string, scale: number): Share =>
  makeLargeFiles(join(folder, 'share'), 4, Math.max(20, Math.round(512 * scale)) * 1_048_576);

const copying = { tenant: {}, faults: {}, transfers: 16 } as const;
const EVERYBODY = ['convoy', 'rclone', 'limit'] as const;

/** What issue and docs/benchmarks.md ask for, by name. */
export const scenarios: readonly Scenario[] = [
  {
    ...{ ...copying, name: 'small-0', share: small(10_000), contenders: EVERYBODY },
    aim: '8 times rclone, 0.5 of the limit; at most 1.15 requests a file, one version, under 250 MB',
  },
  {
    ...{ ...copying, name: 'small-40', share: small(10_000), contenders: EVERYBODY, faults: latency(40) },
    aim: '6 times rclone, 0.85 of the limit',
  },
  {
    ...{ ...copying, name: 'large-0', share: large, contenders: EVERYBODY, transfers: 4 },
    aim: "rclone's MB/s, at most 1.5 times its processor time, under 350 MB",
  },
  {
    ...{ ...copying, name: 'large-40', share: large, contenders: EVERYBODY, transfers: 4 },
    ...{ faults: latency(40), aim: 'the same' },
  },
  {
    ...{
      ...copying,
      name: 'unchanged',
      share: small(10_000),
      contenders: ['convoy', 'rclone'],
      second: true,
    },
    aim: "a tenth of rclone's requests, a third of its time",
  },
  {
    ...{ ...copying, name: 'smallest-tenant', share: small(1_000, 25), contenders: ['convoy', 'rclone'] },
    tenant: { ruPerMinute: 1_250 },
    aim: 'at most 1.08 times the ideal, no request too early',
  },
  {
    ...{ ...copying, name: 'refusals', share: small(10_000), contenders: ['convoy', 'rclone'] },
    faults: { rates: { throttled: 0.01, unavailable: 0.01 }, retryAfterSeconds: { min: 1, max: 2 } },
    aim: "less than half of rclone's time, no request too early, no error",
  },
  {
    ...{ ...copying, name: 'lost-answers', share: small(300, 10), contenders: ['convoy', 'rclone'] },
    faults: { rates: { cutAfter: 0.05 }, kinds: ['fragment'] },
    aim: 'one status request each: no error, no second upload, no second version',
  },
  ...[1_000, 10_000, 100_000].map(
    (files): Scenario => ({
      ...{ ...copying, name: `linear-${files}`, share: small(files, files / 40), contenders: ['convoy'] },
      aim: 'time a file at 100,000 within 15 % of that at 10,000; memory flat',
    }),
  ),
];

/** One contender's copy, into a place of its own; Convoy's data is gone afterwards. */
export async function perform(
  contender: Contender,
  stage: Stage,
  scenario: Scenario,
  share: Share,
): Promise<Copied> {
  const { transfers, second, faults } = scenario;
  if (contender === 'limit') return stage.limit(share, transfers);
  const place = stage.newPlace();
  const copy = (): Promise<Copied> =>
    contender === 'convoy' ? stage.convoy(share, place) : stage.rclone(share, transfers, place);
  if (second === true) await copy();
  await stage.setFaults(faults);
  return copy();
}

export function removeShare(share: Share): void {
  rmSync(share.path, { recursive: true, force: true });
}
