import Box from '@mui/material/Box';

const HEIGHT = 20;

interface SparklineProps {
  readonly values: readonly number[];
  /** In pixels. */
  readonly width?: number;
}

/** The course of a figure in a line of text, without axes: the figure itself stands beside it, so it is hidden from people who listen. */
export function Sparkline({ values, width = 72 }: SparklineProps) {
  if (values.length < 2) return null;
  const most = Math.max(...values, 1);
  const step = width / (values.length - 1);
  const points = values
    .map(
      (value, at) => `${(at * step).toFixed(1)},${(HEIGHT - 1 - (value / most) * (HEIGHT - 3)).toFixed(1)}`,
    )
    .join(' ');
  return (
    <Box
      component="svg"
      aria-hidden
      viewBox={`0 0 ${width} ${HEIGHT}`}
      sx={{ width, height: HEIGHT, flexShrink: 0, color: 'primary.main', forcedColorAdjust: 'none' }}
    >
      <polygon points={`0,${HEIGHT} ${points} ${width},${HEIGHT}`} fill="currentColor" opacity={0.14} />
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" />
    </Box>
  );
}
