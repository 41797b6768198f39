import { LineChart } from '@mui/x-charts/LineChart';
import type { Point } from '../../state/series.ts';
import { useText } from '../../text/use-text.ts';

/** Room for the figures at the left; the strip below starts where the charts do. */
export const AXIS_WIDTH = 44;
/** Room at the right, so that the last clock time is not cut. */
export const RIGHT = 20;

/** On a shorter axis, ticks of the same minute would all say the same. */
const SECONDS_BELOW_MS = 5 * 60_000;

interface SpeedChartProps {
  readonly points: readonly Point[];
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly colour: string;
  readonly area: boolean;
  /** Whether this one carries the clock times for all that stand above it. */
  readonly timeAxis: boolean;
  readonly format: (value: number) => string;
}

/** One figure over time. Drawn without animation and without a mark per point. */
export function SpeedChart({ points, from, to, label, colour, area, timeAxis, format }: SpeedChartProps) {
  const { f } = useText();
  return (
    <LineChart
      skipAnimation
      hideLegend
      disableKeyboardNavigation
      height={timeAxis ? 112 : 128}
      margin={{ left: 0, right: RIGHT, top: 8, bottom: timeAxis ? 0 : 6 }}
      grid={{ horizontal: true }}
      xAxis={[
        {
          id: 'time',
          data: points.map((point) => new Date(point.at)),
          scaleType: 'time',
          min: new Date(from),
          max: new Date(to),
          valueFormatter: (at: Date, context) =>
            context.location === 'tick' && to - from > SECONDS_BELOW_MS
              ? f.clock(at.getTime())
              : f.clockSeconds(at.getTime()),
          tickNumber: 4,
          position: timeAxis ? 'bottom' : 'none',
          height: 24,
          disableLine: true,
          disableTicks: true,
        },
      ]}
      yAxis={[
        {
          width: AXIS_WIDTH,
          min: 0,
          tickNumber: 3,
          disableLine: true,
          disableTicks: true,
          valueFormatter: (value: number) => f.number(value),
        },
      ]}
      series={[
        {
          id: label,
          label,
          data: points.map((point) => point.value),
          area,
          color: colour,
          showMark: false,
          curve: 'linear',
          valueFormatter: (value) => (value === null ? '' : format(value)),
        },
      ]}
      sx={{
        '& .MuiLineChart-area': { fillOpacity: 0.16 },
        '& .MuiLineChart-line': { strokeWidth: 1.75 },
        '& .MuiChartsGrid-line': { stroke: 'var(--convoy-palette-divider)' },
      }}
    />
  );
}
