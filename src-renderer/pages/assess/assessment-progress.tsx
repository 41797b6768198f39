import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { AssessmentView } from '../../../src-shared/contract/assessments.ts';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { FailureNote, ProblemNote } from '../../parts/problem-note.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { Section } from '../../parts/section.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useNow } from '../../parts/use-now.ts';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { isActive, waitsFor } from '../../text/overall.ts';
import { useText } from '../../text/use-text.ts';

interface GoingOnProps {
  readonly row: TaskRow;
  readonly onRow: (row: TaskRow) => void;
}

/** What was found until now. How much there is in all nobody knows before the end. */
export function GoingOn({ row, onRow }: GoingOnProps) {
  const { t, f } = useText();
  const client = useClient();
  const now = useNow(isActive(row.state));
  const [failure, setFailure] = useState<Failure | null>(null);
  const { found } = row.counts;
  const order = async (one: 'stop' | 'resume') => {
    if (!client) return;
    const answer = await ask(() => client.tasks.order({ task: row.task.id, order: one }));
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) onRow(answer.value);
  };
  const waits = waitsFor(row);
  const since = row.run ? f.duration(Math.max(0, now - row.run.startedAt)) : '';
  return (
    <Section title={t.assess.going} aside={<StateMark state={row.state} />}>
      <ProgressBar label={t.assess.going} value={null} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 2, mt: 2 }}>
        <Typography sx={{ flexGrow: 1 }}>
          {t.assess.found(t.units.files(found.files), t.units.folders(found.folders), f.bytes(found.bytes))}
          {since && (
            <Typography component="span" color="textSecondary" sx={{ ml: 1.5 }}>
              {since}
            </Typography>
          )}
        </Typography>
        {row.state === 'paused' && (
          <Button disabled={!client} onClick={() => void order('resume')}>
            {t.order.resume}
          </Button>
        )}
        <Button
          variant="outlined"
          color="inherit"
          disabled={!client || row.state === 'stopping' || row.state === 'ready'}
          onClick={() => void order('stop')}
        >
          {t.assess.stop}
        </Button>
      </Box>
      {waits && <ProblemNote problem={waits} />}
      {failure && <FailureNote failure={failure} />}
    </Section>
  );
}

/** The run is over; its items are counted once. */
export function AddingUp({ view }: { readonly view: AssessmentView | null }) {
  const { t, f } = useText();
  const adding = view?.state === 'adding-up' ? view : null;
  return (
    <Section title={t.assess.adding}>
      <ProgressBar
        label={t.assess.adding}
        value={adding && adding.all > 0 ? adding.done / adding.all : null}
      />
      <Typography variant="body2" sx={{ mt: 1.5 }}>
        {adding ? t.assess.addingUp(f.int(adding.done), f.int(adding.all)) : t.assess.loading}
      </Typography>
    </Section>
  );
}
