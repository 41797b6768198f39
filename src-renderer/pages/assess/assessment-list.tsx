import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { NO_DESTINATION } from '../../../src-shared/rules/destination-address.ts';
import { assessmentHash } from '../../app/route.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { readableAddress } from '../../parts/path-cut.ts';
import { NameText } from '../../parts/path-text.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { useAssessments } from '../../state/use-assessments.ts';
import { useText } from '../../text/use-text.ts';

function Row({ row }: { readonly row: TaskRow }) {
  const { t, f } = useText();
  const { task, run, counts, state } = row;
  const failed = counts.byOutcome.failed;
  const place = task.destination === NO_DESTINATION ? t.assess.nowhere : readableAddress(task.destination);
  return (
    <TableRow>
      <TableCell sx={{ overflowWrap: 'anywhere', minWidth: 200 }}>
        <Link href={assessmentHash(task.id)} sx={{ fontWeight: 600 }}>
          <NameText name={task.source} />
        </Link>
        <Typography variant="caption" component="p" color="textSecondary">
          {place}
        </Typography>
      </TableCell>
      <TableCell>
        <StateMark state={state} />
      </TableCell>
      <TableCell align="right">{f.int(counts.found.files)}</TableCell>
      <TableCell align="right">{f.bytes(counts.found.bytes)}</TableCell>
      <TableCell align="right">{f.int(failed.files + failed.folders + failed.others)}</TableCell>
      <TableCell sx={{ whiteSpace: 'nowrap' }}>{run?.endedAt ? f.shortDateTime(run.endedAt) : ''}</TableCell>
    </TableRow>
  );
}

/** The assessments that are kept: each stays until its task is put away. */
export function AssessmentList() {
  const { t } = useText();
  const { rows, failure, more, readMore } = useAssessments();
  if (failure) return <FailureNote failure={failure} />;
  if (rows === null) return <PageSkeleton label={t.assess.loading} />;
  if (rows.length === 0) return <EmptyState title={t.assess.none} body={t.assess.noneBody} />;
  const { columns } = t.assess;
  return (
    <Section title={t.assess.kept}>
      {/* A table that is wider than its card is scrolled, by keyboard too. */}
      <Box tabIndex={0} role="group" aria-label={t.assess.kept} sx={{ overflowX: 'auto' }}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{columns.source}</TableCell>
              <TableCell>{columns.state}</TableCell>
              <TableCell align="right">{columns.files}</TableCell>
              <TableCell align="right">{columns.size}</TableCell>
              <TableCell align="right">{columns.blocked}</TableCell>
              <TableCell>{columns.asOf}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <Row key={row.task.id} row={row} />
            ))}
          </TableBody>
        </Table>
      </Box>
      {more && (
        <Button size="small" onClick={readMore} sx={{ mt: 1 }}>
          {t.assess.more}
        </Button>
      )}
    </Section>
  );
}
