import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { Sample, TaskRow } from '../../../src-shared/contract/console-types.ts';
import { isComplete, isEnded } from '../../../src-shared/model/run.ts';
import { itemsHash, taskHash } from '../../app/route.ts';
import { AttentionList } from '../../parts/attention-list.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Figures } from '../../parts/figures.tsx';
import { Grades } from '../../parts/grades.tsx';
import { InFlight } from '../../parts/in-flight.tsx';
import { Section } from '../../parts/section.tsx';
import { Sums } from '../../parts/sums.tsx';
import { Throughput } from '../../parts/throughput/throughput.tsx';
import { useFleet } from '../../state/fleet.ts';
import { useTasks } from '../../state/tasks.ts';
import { groupsOf, isActive, isScanning, issueGroups } from '../../text/overall.ts';
import { useText } from '../../text/use-text.ts';

interface TaskOverviewProps {
  readonly row: TaskRow;
  readonly samples: readonly Sample[];
}

/** The figures, sums, speeds, issues and grades of one task. */
export function TaskOverview({ row, samples }: TaskOverviewProps) {
  const { t } = useText();
  const rows = useTasks((state) => state.rows);
  const all = useFleet((state) => state.samples);
  const { task, counts, run } = row;
  if (!run) {
    return (
      <EmptyState title={t.task.never}>
        <Button href={taskHash(task.id, 'settings')}>{t.task.tabs.settings}</Button>
      </EmptyState>
    );
  }
  const active = isActive(row.state);
  // When no other task is at work, the machine's speeds are this task's, and reach further back than this page.
  const alone = active && rows?.every((other) => other.task.id === task.id || !isActive(other.state));
  const groups = issueGroups(groupsOf(counts));
  return (
    <Stack spacing={{ xs: 2, md: 2.5 }}>
      <Figures
        counts={counts}
        onlyLooked={task.settings.dryRun}
        sample={row.sample}
        eta={row.eta}
        run={run}
        active={active}
        scanning={isScanning(row)}
        issues={groups.length}
        errors={row.issues.errors}
      />
      <Sums
        counts={counts}
        finished={isComplete(run.state)}
        going={!isEnded(run.state)}
        hrefOf={(outcome) => itemsHash(task.id, { outcome })}
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
          {active &&
            (alone ? <Throughput samples={all} /> : <Throughput samples={samples} note={t.task.chartNote} />)}
          {row.live && row.live.inFlight.length > 0 && (
            <Section title={t.overview.inProgress}>
              <InFlight files={row.live.inFlight} most={16} />
            </Section>
          )}
          <Grades counts={counts} hrefOf={(grade) => itemsHash(task.id, { grade })} />
        </Stack>
        <Stack spacing={{ xs: 2, md: 2.5 }}>
          <Section title={t.overview.attention}>
            <AttentionList
              groups={groups}
              empty={t.overview.noAttention}
              linksOf={(group) => [
                { label: t.overview.show(group.items), href: itemsHash(task.id, { code: group.code }) },
              ]}
            />
          </Section>
        </Stack>
      </Box>
    </Stack>
  );
}
