import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import type { Counts } from '../../../src-shared/model/counts.ts';
import type { Run } from '../../../src-shared/model/task.ts';
import { EventList } from '../../parts/event-list.tsx';
import { Moment } from '../../parts/moment.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { type Asked, askPlain } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useEvents } from '../../state/use-events.ts';
import { useText } from '../../text/use-text.ts';

interface PastRun {
  readonly run: Run;
  readonly counts: Counts;
}

function Runs({ runs }: { readonly runs: readonly PastRun[] }) {
  const { t, f } = useText();
  return (
    // What scrolls sideways has to be reachable by keyboard.
    <Box tabIndex={0} role="group" aria-label={t.task.runs} sx={{ overflowX: 'auto' }}>
      <Table size="small" sx={{ '& th, & td': { px: 1 }, '& th': { lineHeight: 1.35 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{t.task.run}</TableCell>
            <TableCell>{t.tasks.state}</TableCell>
            <TableCell>{t.task.started}</TableCell>
            <TableCell align="right">{t.task.took}</TableCell>
            <TableCell align="right">{t.overview.found}</TableCell>
            <TableCell align="right">{t.share.copied}</TableCell>
            <TableCell align="right">{t.share.present}</TableCell>
            <TableCell align="right">{t.share['left-out']}</TableCell>
            <TableCell align="right">{t.share.failed}</TableCell>
            <TableCell align="right">{t.overview.data}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {runs.map(({ run, counts }) => (
            <TableRow key={run.id}>
              <TableCell>{`R${run.number}`}</TableCell>
              <TableCell>
                <StateMark state={run.state} />
              </TableCell>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>
                <Moment at={run.startedAt} shape="short" />
              </TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {run.endedAt === null ? '–' : f.duration(run.endedAt - run.startedAt)}
              </TableCell>
              <TableCell align="right">{f.int(counts.found.files)}</TableCell>
              <TableCell align="right">{f.int(counts.byOutcome.copied.files)}</TableCell>
              <TableCell align="right">{f.int(counts.byOutcome.present.files)}</TableCell>
              <TableCell align="right">{f.int(counts.byOutcome['left-out'].files)}</TableCell>
              <TableCell align="right">{f.int(counts.byOutcome.failed.files)}</TableCell>
              <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                {f.bytes(counts.found.bytes)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** The runs of a task, and what happened in and around them. */
export function HistoryTab({ row }: { readonly row: TaskRow }) {
  const { t } = useText();
  const client = useClient();
  const [runs, setRuns] = useState<Asked<readonly PastRun[]> | null>(null);
  const { events, failure, more, older } = useEvents(row.task.id);
  const task = row.task.id;
  // Runs change when the state or the run does, not with every second's figures.
  const moment = `${row.state} ${row.run?.id}`;
  const asked = useRef('');
  useEffect(() => {
    if (!client || asked.current === moment) return;
    asked.current = moment;
    void askPlain(() => client.tasks.runs({ task })).then((answer) => {
      if (asked.current === moment) setRuns(answer);
    });
  }, [client, task, moment]);
  return (
    <Stack spacing={2}>
      <Section title={t.task.runs}>
        {runs && !runs.ok && <FailureNote failure={runs.failure} />}
        {runs?.ok && runs.value.length === 0 && <Typography color="textSecondary">{t.task.never}</Typography>}
        {runs?.ok && runs.value.length > 0 && (
          <Runs
            runs={runs.value.map((past) =>
              past.run.id === row.run?.id ? { run: row.run, counts: row.counts } : past,
            )}
          />
        )}
      </Section>
      <Section title={t.task.events}>
        {failure && <FailureNote failure={failure} />}
        {events?.length === 0 && <Typography color="textSecondary">{t.task.noEvents}</Typography>}
        {events && <EventList events={events} />}
        {more && <Button onClick={older}>{t.activity.older}</Button>}
      </Section>
    </Stack>
  );
}
