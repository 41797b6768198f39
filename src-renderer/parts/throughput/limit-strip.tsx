import Box from '@mui/material/Box';
import type { LimitingFactor } from '../../../src-shared/model/wait.ts';
import { colour } from '../../app/tokens.ts';
import type { Band } from '../../state/series.ts';
import { useText } from '../../text/use-text.ts';
import type { Pattern } from '../share-bar.tsx';
import { patterns } from '../share-bar.tsx';

export const factorPattern: Readonly<Record<LimitingFactor, Pattern>> = {
  source: 'lines',
  network: 'plain',
  service: 'back',
  throttling: 'stripes',
  budget: 'rows',
  machine: 'rows',
  'blocked-names': 'dots',
  'source-away': 'stripes',
  'gentle-mode': 'back',
  paused: 'dots',
  nothing: 'plain',
};

interface LimitStripProps {
  readonly bands: readonly Band[];
  readonly from: number;
  readonly to: number;
}

/** Bands of colour and pattern over time; the words and shares of time stand below in the legend. */
export function LimitStrip({ bands, from, to }: LimitStripProps) {
  const { t } = useText();
  const span = Math.max(1, to - from);
  return (
    <Box aria-hidden sx={{ position: 'relative', height: 14, forcedColorAdjust: 'none' }}>
      {bands.map((band) => {
        const base = colour('factor', band.factor);
        const pattern = factorPattern[band.factor];
        return (
          <Box
            key={band.from}
            title={t.factor[band.factor]}
            sx={{ position: 'absolute', insetBlock: 0, borderRadius: '2px', minWidth: 2 }}
            style={{
              insetInlineStart: `${((band.from - from) / span) * 100}%`,
              width: `calc(${((band.to - band.from) / span) * 100}% - 1px)`,
              background: pattern === 'plain' ? base : `${patterns[pattern]}, ${base}`,
            }}
          />
        );
      })}
    </Box>
  );
}
