import type { Overview, Sample } from '../../src-shared/contract/console-types.ts';
import { type Counts, lessTally, settled } from '../../src-shared/model/counts.ts';
import type { Run } from '../../src-shared/model/task.ts';
import { verifiedShare } from '../text/overall.ts';
import { endText } from '../text/sentences.ts';
import { useText } from '../text/use-text.ts';
import { Tiles } from './tile.tsx';
import { useNow } from './use-now.ts';

interface FiguresProps {
  readonly counts: Counts;
  /** Nothing was to be written by any: the figures are of what was seen. Else a dry run is no part of them. */
  readonly onlyLooked: boolean;
  readonly sample: Sample | null;
  readonly eta: Overview['eta'];
  /** The one run that all this is about, where it is one. */
  readonly run: Run | null;
  readonly active: boolean;
  readonly scanning: boolean;
  /** Groups of problems, and items that failed. */
  readonly issues: number;
  readonly errors: number;
}

/** Between the two in proportion: a range from one hour to nine has its middle at three. */
function middleOf({ earliest, latest, atLeast }: NonNullable<Overview['eta']>, now: number): number {
  if (atLeast) return earliest;
  return now + Math.sqrt(Math.max(0, earliest - now) * Math.max(0, latest - now));
}

/** The six figures at the top of the overview and of a task. */
export function Figures({
  counts,
  onlyLooked,
  sample,
  eta,
  run,
  active,
  scanning,
  errors,
  issues,
}: FiguresProps) {
  const { t, f } = useText();
  const copied = counts.byOutcome.copied;
  const now = useNow(active);
  const { planned } = counts.byOutcome;
  const done = lessTally(settled(counts), planned);
  const written = lessTally(counts.found, planned);
  const verified = verifiedShare(counts);
  // Of a run that has ended: how long it took, and its mean speed, pauses included.
  const took = run?.endedAt ? Math.max(1, run.endedAt - run.startedAt) : null;
  const mean =
    took === null || onlyLooked
      ? null
      : { files: (copied.files * 1_000) / took, bytes: (copied.bytes * 1_000) / took };
  const left = eta ? f.duration(Math.max(0, middleOf(eta, now) - now)) : active ? t.overview.noEta : '–';
  return (
    <Tiles
      tiles={[
        {
          label: t.overview.files,
          value: f.int(onlyLooked ? counts.found.files : done.files),
          note: onlyLooked ? t.overview.onlyLooked : t.overview.ofFound(f.int(written.files)),
        },
        {
          label: t.overview.data,
          value: f.bytes(onlyLooked ? counts.found.bytes : done.bytes),
          note: scanning
            ? t.overview.stillScanning
            : onlyLooked
              ? t.overview.onlyLooked
              : t.overview.ofFound(f.bytes(written.bytes)),
        },
        active && sample
          ? {
              label: t.overview.speed,
              value: f.byteRate(sample.bytesPerSecond),
              note: t.units.filesPerSecond(sample.filesPerSecond),
            }
          : {
              label: t.overview.meanSpeed,
              value: mean ? f.byteRate(mean.bytes) : '–',
              note: mean ? t.units.filesPerSecond(mean.files) : undefined,
            },
        took === null
          ? {
              label: t.overview.timeLeft,
              value: left,
              note: eta ? endText(t, f, eta, now) : undefined,
            }
          : { label: t.task.took, value: f.duration(took), note: f.shortDateTime(run?.endedAt ?? 0) },
        { label: t.overview.issues, value: f.int(issues), note: t.overview.itemsFailed(errors) },
        {
          label: t.overview.verified,
          value: verified === null ? '–' : f.finePercent(verified),
          note:
            verified === null
              ? t.overview.verifiedNone
              : t.overview.verifiedNote(f.int(counts.byGrade.identical.files)),
        },
      ]}
    />
  );
}
