import OpenInNew from '@mui/icons-material/OpenInNewOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import CircularProgress from '@mui/material/CircularProgress';
import Typography from '@mui/material/Typography';
import { type ReactNode, useEffect, useRef } from 'react';
import type { SignInAttempt } from '../../../src-shared/contract/sign-in.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { useText } from '../../text/use-text.ts';
import { DeviceCode } from './device-code.tsx';
import { TimeLeft } from './time-left.tsx';

interface AttemptCardProps {
  readonly attempt: SignInAttempt;
  readonly disabled: boolean;
  readonly onCancel: () => void;
  /** Goes on with a code in place of the browser. */
  readonly onCode: () => void;
}

/** What is waited for while somebody signs in elsewhere; it takes the focus, since the form that had it is gone. */
export function AttemptCard({ attempt, disabled, onCancel, onCode }: AttemptCardProps) {
  const { t } = useText();
  const words = t.signIn.attempt;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const waiting = attempt.state === 'waiting';
  const byCode = attempt.how === 'device-code';
  const title = waiting ? (byCode ? words.code : words.browser) : words[passing(attempt.state)];
  return (
    <Card component="section" aria-label={t.signIn.signIn} sx={{ p: { xs: 2, md: 2.5 } }}>
      <Box sx={{ display: 'flex', gap: 1.5, alignItems: 'center' }}>
        {!byCode || !waiting ? <CircularProgress size={20} aria-hidden /> : null}
        <Box role="status">
          <Typography
            ref={heading}
            tabIndex={-1}
            variant="h2"
            sx={{ '&:focus-visible': { outline: 'none' } }}
          >
            {title}
          </Typography>
        </Box>
      </Box>
      {waiting && attempt.address !== null && (
        <>
          {byCode ? (
            <DeviceCode code={attempt.code ?? ''} address={attempt.address} />
          ) : (
            <InBrowser address={attempt.address}>
              <Button size="small" disabled={disabled} onClick={onCode}>
                {t.signIn.form.code}
              </Button>
            </InBrowser>
          )}
          {attempt.endsAt !== null && <TimeLeft endsAt={attempt.endsAt} />}
        </>
      )}
      <Button color="inherit" variant="outlined" sx={{ mt: 2.5 }} onClick={onCancel}>
        {words.cancel}
      </Button>
    </Card>
  );
}

function passing(state: SignInAttempt['state']): 'starting' | 'finishing' {
  return state === 'finishing' ? 'finishing' : 'starting';
}

function InBrowser({ address, children }: { readonly address: string; readonly children: ReactNode }) {
  const { t } = useText();
  const words = t.signIn.attempt;
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
        {words.browserBody}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', my: 2 }}>
        <Button
          size="small"
          variant="outlined"
          href={address}
          target="_blank"
          rel="noopener noreferrer"
          startIcon={<OpenInNew />}
        >
          {words.openAgain}
        </Button>
        <CopyButton text={address} label={words.copyAddress} />
        {children}
      </Box>
    </>
  );
}
