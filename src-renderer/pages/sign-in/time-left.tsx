import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useText } from '../../text/use-text.ts';

/** How long it is still waited. */
export function TimeLeft({ endsAt }: { readonly endsAt: number }) {
  const { t, f } = useText();
  const words = t.signIn.attempt;
  const now = useNow(true);
  const [since] = useState(() => Date.now());
  const left = Math.max(0, endsAt - now);
  return (
    <Box sx={{ maxWidth: 420 }}>
      <Typography variant="caption" color="textSecondary" component="p" role="timer" sx={{ mb: 0.5 }}>
        {words.left(f.duration(left))}
      </Typography>
      <ProgressBar
        label={words.leftLabel}
        value={Math.min(1, left / Math.max(1, endsAt - since))}
        height={4}
        tone={left < 60_000 ? 'warning.main' : 'primary.main'}
      />
    </Box>
  );
}
