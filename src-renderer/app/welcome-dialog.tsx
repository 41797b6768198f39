import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect, useId, useRef, useState } from 'react';
import { CopyTextButton } from '../parts/copy-text-button.tsx';
import { useText } from '../text/use-text.ts';

const steps = ['what', 'where', 'start'] as const;

interface WelcomeDialogProps {
  /** Where it leads on; skipping leads to the overview. */
  readonly onEnd: (place: 'overview' | 'sign-in') => void;
}

/** Three short screens, which may be skipped at any moment. */
export function WelcomeDialog({ onEnd }: WelcomeDialogProps) {
  const { t } = useText();
  const words = t.welcome;
  const id = useId();
  const narrow = useMediaQuery('(max-width: 599.9px)');
  const [at, setAt] = useState(0);
  const step = steps[at] ?? 'what';
  const last = at === steps.length - 1;
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      fullScreen={narrow}
      onClose={(_, reason) => reason === 'escapeKeyDown' && onEnd('overview')}
      aria-labelledby={id}
    >
      <DialogContent sx={{ pt: 4, minHeight: { sm: 380 } }}>
        <Box component="img" src="./icon.svg" alt="" sx={{ width: 44, height: 44, mb: 2 }} />
        <Heading key={step} id={id} text={words[step].title} />
        <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
          {words[step].points.map(([title, body]) => (
            <Box component="li" key={title} sx={{ display: 'flex', gap: 1.5 }}>
              <CheckCircle aria-hidden color="primary" sx={{ fontSize: 22, mt: '1px' }} />
              <Box>
                <Typography sx={{ fontWeight: 600 }}>{title}</Typography>
                <Typography variant="body2" color="textSecondary">
                  {body}
                </Typography>
              </Box>
            </Box>
          ))}
        </Box>
        {last && <Rehearsal />}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5, gap: 1 }}>
        <Dots at={at} />
        {!last && <Button onClick={() => onEnd('overview')}>{words.skip}</Button>}
        {at > 0 && <Button onClick={() => setAt(at - 1)}>{words.back}</Button>}
        {last && <Button onClick={() => onEnd('overview')}>{words.start.look}</Button>}
        <Button variant="contained" onClick={() => (last ? onEnd('sign-in') : setAt(at + 1))}>
          {last ? words.start.signIn : words.next}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Takes the focus with each screen, so that it is read out. */
function Heading({ id, text }: { readonly id: string; readonly text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Typography
      id={id}
      ref={heading}
      tabIndex={-1}
      variant="h1"
      component="h2"
      sx={{ mb: 2.5, '&:focus-visible': { outline: 'none' } }}
    >
      {text}
    </Typography>
  );
}

/** How the sample data is started, which has a screen of its own. */
function Rehearsal() {
  const { t } = useText();
  const words = t.welcome.start;
  const command = 'convoy practice';
  return (
    <Box
      sx={{
        ...{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, mt: 2, ml: { sm: 4.5 } },
        ...{ p: 1.5, borderRadius: 2, bgcolor: 'sunken' },
      }}
    >
      <Typography variant="body2" sx={{ flexGrow: 1 }}>
        {words.command}{' '}
        <Box component="code" sx={{ fontWeight: 600, whiteSpace: 'nowrap' }}>
          {command}
        </Box>
      </Typography>
      <CopyTextButton text={command} label={words.copy} />
    </Box>
  );
}

function Dots({ at }: { readonly at: number }) {
  const { t } = useText();
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexGrow: 1 }}>
      {steps.map((step, place) => (
        <Box
          key={step}
          aria-hidden
          sx={{
            ...{ width: 8, height: 8, borderRadius: '50%' },
            bgcolor: place === at ? 'primary.main' : 'divider',
          }}
        />
      ))}
      <Typography variant="caption" color="textSecondary" sx={{ ml: 0.5 }}>
        {t.welcome.steps(at + 1, steps.length)}
      </Typography>
    </Box>
  );
}
