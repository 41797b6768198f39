import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { tasksHash } from '../../app/route.ts';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useClient } from '../../state/connection.ts';
import { useFleet } from '../../state/fleet.ts';
import { compareList } from '../../state/import-passage.ts';
import { recallList, useImport } from '../../state/import-store.ts';
import { useText } from '../../text/use-text.ts';
import { ColumnMap } from './column-map.tsx';
import { ImportBar } from './import-bar.tsx';
import { ImportGrid } from './import-grid.tsx';
import { ImportHead } from './import-head.tsx';
import { ImportStart } from './import-start.tsx';
import { IssueList } from './issue-list.tsx';

/** A list on its way to become tasks: its rows, what is to be said about them, and what can be done about that. */
export function ImportPage() {
  const { t } = useText();
  const { summary, problem, broken, busy, made } = useImport();
  const client = useClient();
  const suffix = useFleet((state) => state.about?.sharePointHostSuffix);
  const name = summary?.name;
  useEffect(() => {
    void recallList();
  }, []);
  useEffect(() => {
    // Once for each list: what is there already is known from then on.
    if (name !== undefined && client && suffix !== undefined) void compareList(client, suffix);
  }, [name, client, suffix]);
  return (
    <Stack spacing={2}>
      <Typography variant="h1">{t.imports.title}</Typography>
      {problem && <ProblemNote problem={problem} />}
      {broken && (
        <Alert severity="error" variant="outlined">
          {`${t.imports.broken}: ${broken}`}
        </Alert>
      )}
      {made > 0 && (
        <Alert
          severity="success"
          variant="outlined"
          action={
            <Button color="inherit" size="small" href={tasksHash()}>
              {t.imports.toTasks}
            </Button>
          }
        >
          {`${t.imports.made(made)}${summary && summary.counts.all > 0 ? ` ${t.imports.left}` : ''}`}
        </Alert>
      )}
      {busy && !summary && <PageSkeleton label={t.imports.reading} />}
      {!summary && !busy && <ImportStart />}
      {summary && summary.counts.all === 0 && made > 0 && <ImportStart />}
      {summary && (summary.counts.all > 0 || made === 0) && (
        <>
          <ImportHead summary={summary} />
          {summary.columns.length > 0 && <ColumnMap summary={summary} />}
          <Box
            sx={{
              display: 'grid',
              gap: 2,
              alignItems: 'start',
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 320px' },
            }}
          >
            <ImportGrid summary={summary} />
            <IssueList summary={summary} />
          </Box>
          <ImportBar summary={summary} />
        </>
      )}
    </Stack>
  );
}
