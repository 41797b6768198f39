import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { memo, useMemo, useState } from 'react';
import type { Sample } from '../../../src-shared/contract/console-types.ts';
import { colour } from '../../app/tokens.ts';
import { bandsOf, factorShares, pointsOf } from '../../state/series.ts';
import { useText } from '../../text/use-text.ts';
import { Section } from '../section.tsx';
import { Swatch } from '../share-bar.tsx';
import { factorPattern, LimitStrip } from './limit-strip.tsx';
import { AXIS_WIDTH, RIGHT, SpeedChart } from './speed-chart.tsx';
import { SpeedTable } from './speed-table.tsx';

/** A chart of a few seconds would be all noise; it starts with this much time on its axis. */
const SPAN_MIN_MS = 60_000;

function Charts({ samples }: { readonly samples: readonly Sample[] }) {
  const { t, f } = useText();
  const drawn = useMemo(
    () => ({
      bytes: pointsOf(samples, (sample) => sample.bytesPerSecond / 1_000_000),
      files: pointsOf(samples, (sample) => sample.filesPerSecond),
      bands: bandsOf(samples),
      shares: factorShares(samples),
    }),
    [samples],
  );
  const to = samples.at(-1)?.at ?? 0;
  const from = Math.min(samples[0]?.at ?? 0, to - SPAN_MIN_MS);
  const mean = (figure: (sample: Sample) => number) =>
    samples.reduce((sum, sample) => sum + figure(sample), 0) / Math.max(1, samples.length);
  const summary = t.overview.chartSummary(
    f.duration(to - (samples[0]?.at ?? to)),
    f.megabytes(mean((sample) => sample.bytesPerSecond)),
    f.fileRate(mean((sample) => sample.filesPerSecond)),
  );
  return (
    <Box component="figure" sx={{ m: 0 }}>
      <figcaption className="visually-hidden">{summary}</figcaption>
      <Box aria-hidden>
        <Typography variant="caption" color="textSecondary">
          {t.overview.megabytesPerSecond}
        </Typography>
        <SpeedChart
          points={drawn.bytes}
          from={from}
          to={to}
          label={t.overview.megabytesPerSecond}
          colour={colour('factor', 'network')}
          area
          timeAxis={false}
          format={(value) => f.byteRate(value * 1_000_000)}
        />
        <Typography variant="caption" color="textSecondary">
          {t.overview.filesPerSecond}
        </Typography>
        <SpeedChart
          points={drawn.files}
          from={from}
          to={to}
          label={t.overview.filesPerSecond}
          colour={colour('factor', 'service')}
          area={false}
          timeAxis
          format={f.fileRate}
        />
      </Box>
      <Box sx={{ marginInlineStart: `${AXIS_WIDTH}px`, marginInlineEnd: `${RIGHT}px`, mt: 1 }}>
        <LimitStrip bands={drawn.bands} from={from} to={to} />
        <Box
          sx={{
            mt: 1,
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'center',
            columnGap: 2,
            rowGap: 0.5,
            typography: 'caption',
          }}
        >
          <Box component="span" sx={{ color: 'text.secondary' }}>{`${t.overview.limitedBy}:`}</Box>
          {drawn.shares.map(({ factor, share }) => (
            <Tooltip key={factor} title={t.factorMeans[factor]}>
              <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
                <Swatch colour={colour('factor', factor)} pattern={factorPattern[factor]} />
                {t.overview.limitShare(t.factor[factor], f.percent(share))}
              </Box>
            </Tooltip>
          ))}
        </Box>
      </Box>
    </Box>
  );
}

interface ThroughputProps {
  readonly samples: readonly Sample[];
  /** Said beside the title, e.g. since when it is measured. */
  readonly note?: string;
}

/**
 * Two stacked charts with one time axis (MB/s and files/s, never a double axis) and a strip of what limited,
 * with a table of the same figures. It changes when `samples` does, which is once a second at most.
 */
export const Throughput = memo(function Throughput({ samples, note }: ThroughputProps) {
  const { t } = useText();
  const [table, setTable] = useState(false);
  return (
    <Section
      title={t.overview.throughput}
      aside={
        <>
          {note && (
            <Typography variant="caption" color="textSecondary">
              {note}
            </Typography>
          )}
          {samples.length > 1 && (
            <Button size="small" onClick={() => setTable(!table)}>
              {table ? t.overview.asChart : t.overview.asTable}
            </Button>
          )}
        </>
      }
    >
      {samples.length < 2 ? (
        <Typography variant="body2" color="textSecondary" sx={{ minHeight: 120 }}>
          {t.overview.noThroughput}
        </Typography>
      ) : table ? (
        <SpeedTable samples={samples} />
      ) : (
        <Charts samples={samples} />
      )}
    </Section>
  );
});
