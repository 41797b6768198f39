import Add from '@mui/icons-material/AddOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { Overview } from '../../../src-shared/contract/console-types.ts';
import { itemsHash, newCopyHash, tasksHash } from '../../app/route.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Grades } from '../../parts/grades.tsx';
import { Headline } from '../../parts/headline.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Sums } from '../../parts/sums.tsx';
import { Throughput } from '../../parts/throughput/throughput.tsx';
import { useFleet } from '../../state/fleet.ts';
import { useTasks } from '../../state/tasks.ts';
import { isActive, issueGroups, overallState } from '../../text/overall.ts';
import { situationOfAll } from '../../text/sentences.ts';
import { useText } from '../../text/use-text.ts';
import { Attention } from './attention.tsx';
import { InProgress } from './in-progress.tsx';

function NewCopyButton() {
  const { t } = useText();
  return (
    <Button variant="contained" href={newCopyHash} startIcon={<Add />}>
      {t.shell.newCopy}
    </Button>
  );
}

/** What happened to the machine itself, before anything about copying. Its sign-in is told on every page. */
function MachineNotices() {
  const problems = useFleet((state) => state.about?.notices) ?? [];
  return problems.map((problem) => (
    <ProblemNote key={`${problem.code} ${problem.where ?? ''}`} problem={problem} />
  ));
}

function Filled({ overview }: { readonly overview: Overview }) {
  const { t } = useText();
  const samples = useFleet((state) => state.samples);
  const rows = useTasks((state) => state.rows);
  const state = overallState(overview.tasks);
  const active = isActive(state);
  const settledStates = ['complete', 'complete-with-issues'] as const;
  const finished = Object.keys(overview.tasks).every((name) => settledStates.some((end) => end === name));
  const failed = overview.counts.byOutcome.failed;
  const errors = failed.files + failed.folders + failed.others;
  const only = rows?.length === 1 ? rows[0]?.task.id : undefined;
  return (
    <Stack spacing={{ xs: 2, md: 2.5 }}>
      <Headline situation={situationOfAll(overview)} label={t.overview.title} actions={<NewCopyButton />} />
      <MachineNotices />
      <Figures
        counts={overview.counts}
        onlyLooked={overview.dryRun && !rows?.some(({ run, task }) => run && !task.settings.dryRun)}
        sample={overview.sample}
        eta={overview.eta}
        run={rows?.length === 1 ? (rows[0]?.run ?? null) : null}
        active={active}
        scanning={overview.scanning}
        issues={issueGroups(overview.attention).length}
        errors={errors}
      />
      <Sums
        counts={overview.counts}
        finished={finished}
        going={isActive(state) || state === 'waiting' || state === 'paused'}
        {...(only ? { hrefOf: (outcome) => itemsHash(only, { outcome }) } : {})}
      />
      <Box
        sx={{
          display: 'grid',
          gap: { xs: 2, md: 2.5 },
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 7fr) minmax(0, 5fr)' },
        }}
      >
        <Stack spacing={{ xs: 2, md: 2.5 }}>
          <Throughput samples={samples} />
          <InProgress />
          <Grades
            counts={overview.counts}
            {...(only ? { hrefOf: (grade) => itemsHash(only, { grade }) } : {})}
          />
        </Stack>
        <Stack spacing={{ xs: 2, md: 2.5 }}>
          <Attention overview={overview} />
        </Stack>
      </Box>
    </Stack>
  );
}

function Empty() {
  const { t } = useText();
  const practice = useFleet((state) => state.about?.practice ?? false);
  const archived = useFleet((state) => state.overview?.archived ?? 0);
  if (archived > 0) {
    return (
      <EmptyState title={t.sentence.allArchived} body={t.overview.archiveBody}>
        <Stack direction="row" spacing={1.5} useFlexGap sx={{ flexWrap: 'wrap', justifyContent: 'center' }}>
          <NewCopyButton />
          <Button href={tasksHash('archived')}>{t.overview.showArchive}</Button>
        </Stack>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t.sentence.empty} body={practice ? t.overview.emptyPractice : t.overview.emptyBody}>
      <NewCopyButton />
    </EmptyState>
  );
}

/** Home: an admin looks for five seconds and knows. */
export function OverviewPage() {
  const { t } = useText();
  const overview = useFleet((state) => state.overview);
  const error = useFleet((state) => state.error);
  return (
    <>
      <h1 className="visually-hidden">{t.overview.title}</h1>
      {error && !overview && (
        <Alert
          severity="error"
          variant="outlined"
          action={
            <Button color="inherit" size="small" onClick={() => window.location.reload()}>
              {t.shell.reload}
            </Button>
          }
        >
          {`${t.overview.failedToLoad}: ${error}`}
        </Alert>
      )}
      {!overview && !error && <PageSkeleton label={t.overview.loading} />}
      {overview &&
        (overallState(overview.tasks) === 'empty' ? (
          <>
            <MachineNotices />
            <Empty />
          </>
        ) : (
          <Filled overview={overview} />
        ))}
    </>
  );
}
