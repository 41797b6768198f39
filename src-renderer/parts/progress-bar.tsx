import Box from '@mui/material/Box';
import { useText } from '../text/use-text.ts';

interface ProgressBarProps {
  /** What it is the progress of, for people who listen. */
  readonly label: string;
  /** 0..1; null while it cannot be known. */
  readonly value: number | null;
  readonly height?: number;
  readonly tone?: 'primary.main' | 'success.main' | 'warning.main' | 'error.main' | 'text.secondary';
}

/** A calm bar: no moving stripes; unknown progress is an empty track that says so in words. */
export function ProgressBar({ label, value, height = 6, tone = 'primary.main' }: ProgressBarProps) {
  const { t, f } = useText();
  const text = value === null ? t.status.noEta : t.status.percentDone(f.percent(value));
  return (
    <Box
      role="progressbar"
      aria-label={label}
      aria-valuetext={text}
      {...(value === null
        ? {}
        : { 'aria-valuenow': Math.floor(value * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 })}
      sx={{
        height,
        width: '100%',
        minWidth: 40,
        borderRadius: 99,
        bgcolor: 'outcome.todo',
        overflow: 'hidden',
        forcedColorAdjust: 'none',
      }}
    >
      <Box
        sx={{ height: '100%', borderRadius: 99, bgcolor: tone, transition: 'width 400ms ease' }}
        style={{ width: `${(value ?? 0) * 100}%` }}
      />
    </Box>
  );
}
