import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { Failure } from '../state/ask.ts';
import { codeEntry } from '../text/code-texts.ts';
import { useText } from '../text/use-text.ts';
import { NameText } from './path-text.tsx';

interface ProblemNoteProps {
  readonly problem: Omit<Problem, 'code'> & { readonly code: string };
  readonly action?: ReactNode;
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <Typography variant="caption" component="p" sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>
      {name}: <NameText name={value} />
    </Typography>
  );
}

/** A problem in full: what happened, why, what to do, and the facts for experts. */
export function ProblemNote({ problem, action }: ProblemNoteProps) {
  const { t, f } = useText();
  const entry = codeEntry(f.locale, problem.code);
  const severity = entry?.severity ?? 'error';
  return (
    <Alert
      severity={severity}
      variant="outlined"
      sx={{ textAlign: 'start', color: 'text.primary' }}
      action={action}
    >
      <AlertTitle sx={{ fontWeight: 600, fontSize: '0.9375rem' }}>
        {entry?.title ?? t.problem.unknown}
      </AlertTitle>
      <Typography variant="body2">{entry?.cause ?? t.problem.unknownBody}</Typography>
      {entry && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {t.problem.remedy(entry.remedy)}
        </Typography>
      )}
      <Box sx={{ color: 'text.secondary', mt: 0.5 }}>
        <Fact name={t.problem.code} value={problem.code} />
        {problem.where && <Fact name={t.problem.where} value={problem.where} />}
        {problem.detail && <Fact name={t.problem.detail} value={problem.detail} />}
        {problem.retryAt !== undefined && (
          <Typography variant="caption">{t.problem.retryAt(f.clockSeconds(problem.retryAt))}</Typography>
        )}
      </Box>
    </Alert>
  );
}

interface FailureNoteProps {
  readonly failure: Failure;
  /** Asks once more; without it nothing is offered. */
  readonly again?: () => void;
  /** What that is called; "Try again" when absent. */
  readonly label?: string;
}

/** Why something could not be had: a problem, or no answer. */
export function FailureNote({ failure, again, label }: FailureNoteProps) {
  const { t } = useText();
  const action = again && (
    <Button color="inherit" size="small" onClick={again}>
      {label ?? t.shell.tryAgain}
    </Button>
  );
  if (failure.kind === 'problem') return <ProblemNote problem={failure.problem} action={action} />;
  return (
    <Alert severity="warning" variant="outlined" action={action} sx={{ textAlign: 'start' }}>
      <AlertTitle>{t.connection.unanswered}</AlertTitle>
      <Fact name={t.problem.detail} value={failure.detail} />
    </Alert>
  );
}
