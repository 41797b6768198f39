import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { CopyButton } from '../../parts/copy-button.tsx';
import { CopyTextButton } from '../../parts/copy-text-button.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useText } from '../../text/use-text.ts';

export interface Invitation {
  readonly invitation: string;
  readonly expiresAt: number;
}

/** One line to copy, and how long it is good for. */
export function InvitationLine({ made }: { readonly made: Invitation }) {
  const { t, f } = useText();
  const words = t.machines.invite;
  const now = useNow(true);
  const [madeAt] = useState(() => Date.now());
  const left = made.expiresAt - now;
  if (left <= 0) {
    return (
      <Typography color="error" role="alert">
        {words.expired}
      </Typography>
    );
  }
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1.5, p: 2, bgcolor: 'sunken' }}>
      <TextField
        fullWidth
        multiline
        maxRows={4}
        size="small"
        label={words.line}
        value={made.invitation}
        onFocus={(event) => event.target.select()}
        slotProps={{
          htmlInput: {
            readOnly: true,
            spellCheck: false,
            style: {
              fontFamily: 'ui-monospace, "Cascadia Mono", Consolas, monospace',
              fontSize: '0.8125rem',
            },
          },
        }}
        sx={{ bgcolor: 'background.paper' }}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mt: 1.5 }}>
        <CopyTextButton variant="contained" text={made.invitation} label={words.copy} />
        <CopyButton text={`convoy join "${made.invitation}"`} label={words.copyCommand} />
        <Box sx={{ flexGrow: 1, minWidth: 150 }}>
          <Typography variant="caption" color="textSecondary" component="p" sx={{ mb: 0.5 }} role="timer">
            {words.left(f.duration(left))}
          </Typography>
          <ProgressBar
            label={words.minutes}
            value={Math.min(1, left / (made.expiresAt - madeAt))}
            height={4}
            tone={left < 60_000 ? 'warning.main' : 'primary.main'}
          />
        </Box>
      </Box>
    </Box>
  );
}
