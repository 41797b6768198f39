import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useRef } from 'react';
import type { SignInWish } from '../../../src-shared/contract/sign-in.ts';
import { FailureNote } from '../../parts/problem-note.tsx';
import type { Failure } from '../../state/ask.ts';
import { useText } from '../../text/use-text.ts';

interface AttemptEndProps {
  readonly failure: Failure | null;
  readonly disabled: boolean;
  readonly onRetry: (how: SignInWish['how']) => void;
}

/** What trying again cannot help: something else has to be said or granted first. */
const HOPELESS: ReadonlySet<string> = new Set(['sign-in-given', 'sign-in-app-missing', 'cloud-unknown']);

/** Why nobody was signed in, and the ways to try again; it takes the focus, since what had it is gone. */
export function AttemptEnd({ failure, disabled, onRetry }: AttemptEndProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  if (failure === null) return null;
  const again = failure.kind === 'unanswered' || !HOPELESS.has(failure.problem.code);
  return (
    <Box ref={box} tabIndex={-1} role="alert" sx={{ '&:focus-visible': { outline: 'none' } }}>
      <FailureNote failure={failure} />
      {again && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
          {(['browser', 'device-code'] as const).map((how) => (
            <Button
              key={how}
              size="small"
              variant="outlined"
              disabled={disabled}
              onClick={() => onRetry(how)}
            >
              {t.signIn.retry[how === 'browser' ? 'browser' : 'code']}
            </Button>
          ))}
        </Box>
      )}
    </Box>
  );
}
