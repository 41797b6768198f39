import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { isActive } from '../text/overall.ts';
import { type Situation, sentences } from '../text/sentences.ts';
import { useText } from '../text/use-text.ts';
import { ProgressBar } from './progress-bar.tsx';
import { StateIcon } from './state-mark.tsx';
import { stateTone } from './state-tone.ts';
import { useNow } from './use-now.ts';

interface HeadlineProps {
  readonly situation: Situation;
  readonly label: string;
  readonly actions?: ReactNode;
  /** One line, for pages where something else is the matter. */
  readonly compact?: boolean;
}

/** The state in one large sentence and one bar: what an admin who looks for five seconds has to see. */
export function Headline({ situation, label, actions, compact = false }: HeadlineProps) {
  const { t, f } = useText();
  const now = useNow(isActive(situation.state));
  const [first, ...rest] = sentences(t, f, situation, now);
  return (
    <Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 2 }}>
        <Typography
          component="p"
          data-testid="headline"
          sx={{
            flex: '1 1 320px',
            fontSize: compact ? '1rem' : { xs: '1.3rem', md: '1.75rem' },
            lineHeight: 1.3,
            letterSpacing: compact ? 0 : '-0.015em',
            fontWeight: 400,
            color: 'text.secondary',
            textWrap: 'balance',
          }}
        >
          {situation.state !== 'empty' && (
            <Box component="span" sx={{ marginInlineEnd: 1, verticalAlign: compact ? '-4px' : '-3px' }}>
              <StateIcon state={situation.state} size={compact ? 20 : 28} />
            </Box>
          )}
          <Box component="span" sx={{ color: 'text.primary', fontWeight: 600 }}>
            {first}
          </Box>
          {rest.map((sentence) => ` ${sentence}`)}
        </Typography>
        {actions && <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>{actions}</Box>}
      </Box>
      <Box sx={{ mt: compact ? 1 : 2 }}>
        <ProgressBar
          label={label}
          value={situation.state === 'complete' ? 1 : situation.progress}
          height={compact ? 5 : 8}
          tone={stateTone[situation.state]}
        />
      </Box>
    </Box>
  );
}
