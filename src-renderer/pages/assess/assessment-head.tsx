import PlaylistAdd from '@mui/icons-material/PlaylistAddOutlined';
import Replay from '@mui/icons-material/ReplayOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { SurveyFigures } from '../../../src-shared/contract/assessments.ts';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { NO_DESTINATION } from '../../../src-shared/rules/destination-address.ts';
import { assessHash } from '../../app/route.ts';
import { readableAddress } from '../../parts/path-cut.ts';
import { PathText } from '../../parts/path-text.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { StateIcon } from '../../parts/state-mark.tsx';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useText } from '../../text/use-text.ts';
import { MakeTasks } from './make-tasks.tsx';

interface AssessmentHeadProps {
  readonly row: TaskRow;
  /** Null while they are not there. */
  readonly figures: SurveyFigures | null;
  readonly onRow: (row: TaskRow) => void;
}

/** An assessment that did not see everything must not look like one that did. */
function Completeness({ row, figures }: { readonly row: TaskRow; readonly figures: SurveyFigures }) {
  const { t, f } = useText();
  const unread = figures.findings['folder-unreadable']?.items ?? 0;
  const whole = row.run?.state === 'complete' || row.run?.state === 'complete-with-issues';
  const said = !whole ? t.assess.partly : unread > 0 ? t.assess.unread(unread) : t.assess.allRead;
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mt: 1 }}>
      <StateIcon state={whole && unread === 0 ? 'complete' : 'complete-with-issues'} size={20} />
      <Typography variant="body2">
        {t.assess.asOf(f.dateTime(figures.asOf))} {said}
      </Typography>
    </Box>
  );
}

/** What was assessed, how far it can be believed, and what can be done with it. */
export function AssessmentHead({ row, figures, onRow }: AssessmentHeadProps) {
  const { t } = useText();
  const client = useClient();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [making, setMaking] = useState(false);
  const { task, run } = row;
  const ended = run !== null && isEnded(run.state);
  const again = async () => {
    if (!client) return;
    const answer = await ask(() => client.tasks.order({ task: task.id, order: 'start' }));
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) onRow(answer.value);
  };
  const place = task.destination === NO_DESTINATION ? t.assess.nowhere : readableAddress(task.destination);
  return (
    <Box>
      <Link href={assessHash} variant="body2">
        {t.assess.all}
      </Link>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'flex-start' }}>
        <Box sx={{ flex: '1 1 300px', minWidth: 0 }}>
          <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
            {task.name}
          </Typography>
          {[[t.task.from, task.source] as const, [t.task.to, place] as const].map(([word, path]) => (
            <Box key={word} sx={{ display: 'flex', gap: 1, minWidth: 0, typography: 'body2', mt: 0.25 }}>
              <Box component="span" sx={{ color: 'text.secondary', minWidth: 36 }}>
                {word}
              </Box>
              <PathText path={path} />
            </Box>
          ))}
          {figures && <Completeness row={row} figures={figures} />}
        </Box>
        {ended && (
          <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
            <Button
              variant="contained"
              startIcon={<PlaylistAdd />}
              disabled={!figures}
              onClick={() => setMaking(true)}
            >
              {t.assess.make.button}
            </Button>
            <Button variant="outlined" startIcon={<Replay />} disabled={!client} onClick={() => void again()}>
              {t.assess.again}
            </Button>
          </Box>
        )}
      </Box>
      {failure && <FailureNote failure={failure} />}
      {making && figures && <MakeTasks task={task} figures={figures} onClose={() => setMaking(false)} />}
    </Box>
  );
}
