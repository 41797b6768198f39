import Box from '@mui/material/Box';

/** Patterns over the colours, so that no meaning hangs on colour alone. */
export const patterns = {
  plain: 'none',
  stripes: 'repeating-linear-gradient(135deg, transparent 0 4px, rgb(255 255 255 / 0.55) 4px 6px)',
  back: 'repeating-linear-gradient(45deg, transparent 0 5px, rgb(255 255 255 / 0.45) 5px 6.5px)',
  lines: 'repeating-linear-gradient(90deg, transparent 0 4px, rgb(255 255 255 / 0.5) 4px 5.5px)',
  rows: 'repeating-linear-gradient(0deg, transparent 0 3px, rgb(255 255 255 / 0.45) 3px 4.5px)',
  dots: 'radial-gradient(rgb(255 255 255 / 0.75) 1px, transparent 1.4px) 0 0 / 5px 5px',
} as const;
export type Pattern = keyof typeof patterns;

export interface Segment {
  readonly key: string;
  readonly value: number;
  readonly colour: string;
  readonly pattern: Pattern;
}

/** A small square of a segment's colour and pattern, beside its word. */
export function Swatch({ colour, pattern }: Pick<Segment, 'colour' | 'pattern'>) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        display: 'inline-block',
        width: 11,
        height: 11,
        borderRadius: '3px',
        flexShrink: 0,
        forcedColorAdjust: 'none',
      }}
      style={{ background: ground(colour, pattern) }}
    />
  );
}

function ground(colour: string, pattern: Pattern): string {
  return pattern === 'plain' ? colour : `${patterns[pattern]}, ${colour}`;
}

/**
 * Parts of a whole as one bar. What is not nothing is at least a hair wide: one failed file among a million is seen.
 * The numbers stand beside it in words, so the bar itself is hidden from people who listen.
 */
export function ShareBar({
  segments,
  height = 14,
}: {
  readonly segments: readonly Segment[];
  readonly height?: number;
}) {
  const shown = segments.filter((segment) => segment.value > 0);
  return (
    <Box
      aria-hidden
      sx={{
        display: 'flex',
        gap: '2px',
        height,
        borderRadius: 1,
        overflow: 'hidden',
        bgcolor: shown.length === 0 ? 'outcome.todo' : 'transparent',
        forcedColorAdjust: 'none',
      }}
    >
      {shown.map((segment) => (
        <Box
          key={segment.key}
          sx={{ minWidth: 4, flexBasis: 0, flexShrink: 1 }}
          style={{ flexGrow: segment.value, background: ground(segment.colour, segment.pattern) }}
        />
      ))}
    </Box>
  );
}
