import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { lazy, Suspense } from 'react';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { itemsHash, type Route, tasksHash, taskTabs, toHash } from '../../app/route.ts';
import { AttentionList } from '../../parts/attention-list.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { Section } from '../../parts/section.tsx';
import { useTask } from '../../state/use-task.ts';
import { groupsOf } from '../../text/overall.ts';
import { useText } from '../../text/use-text.ts';
import { TaskHead } from './task-head.tsx';
import { TaskOverview } from './task-overview.tsx';

const ItemsTab = lazy(async () => ({ default: (await import('./items/items-tab.tsx')).ItemsTab }));
const HistoryTab = lazy(async () => ({ default: (await import('./history-tab.tsx')).HistoryTab }));
const SettingsTab = lazy(async () => ({ default: (await import('./settings-tab.tsx')).SettingsTab }));

type TaskRoute = Extract<Route, { page: 'task' }>;

function IssuesTab({ row }: { readonly row: TaskRow }) {
  const { t } = useText();
  return (
    <Section title={t.task.tabs.issues}>
      <AttentionList
        groups={groupsOf(row.counts)}
        empty={row.run ? t.task.noIssues : t.task.never}
        linksOf={(group) => [
          { label: t.task.itemsWith(group.items), href: itemsHash(row.task.id, { code: group.code }) },
        ]}
      />
    </Section>
  );
}

interface PanelProps {
  readonly route: TaskRoute;
  readonly row: TaskRow;
  readonly samples: ReturnType<typeof useTask>['samples'];
}

function Panel({ route, row, samples }: PanelProps) {
  switch (route.tab) {
    case 'overview':
      return <TaskOverview row={row} samples={samples} />;
    case 'items':
      return <ItemsTab row={row} filter={route.filter} />;
    case 'issues':
      return <IssuesTab row={row} />;
    case 'history':
      return <HistoryTab row={row} />;
    case 'settings':
      return <SettingsTab task={row.task} />;
  }
}

/** One task: what it is, how it goes, its items, issues, history and settings. */
export function TaskPage({ route }: { readonly route: TaskRoute }) {
  const { t } = useText();
  const { row, failure, samples, accept } = useTask(route.task);
  if (!row) {
    if (!failure) return <PageSkeleton label={t.task.loading} />;
    return (
      <EmptyState level="h1" title={t.task.missing}>
        <Stack spacing={2}>
          <FailureNote failure={failure} />
          <Button href={tasksHash()}>{t.task.toTasks}</Button>
        </Stack>
      </EmptyState>
    );
  }
  return (
    <Stack spacing={2}>
      <TaskHead row={row} compact={route.tab !== 'overview'} onRow={accept} />
      {failure && failure.kind === 'problem' && <FailureNote failure={failure} />}
      <Tabs
        value={route.tab}
        aria-label={t.task.tabList}
        variant="scrollable"
        allowScrollButtonsMobile
        sx={{ borderBottom: 1, borderColor: 'divider' }}
      >
        {taskTabs.map((tab) => (
          <Tab
            key={tab}
            value={tab}
            id={`tab-${tab}`}
            aria-controls="task-panel"
            label={t.task.tabs[tab]}
            component="a"
            href={toHash({ ...route, tab, filter: {} })}
          />
        ))}
      </Tabs>
      <div id="task-panel" role="tabpanel" aria-labelledby={`tab-${route.tab}`}>
        <Suspense fallback={<PageSkeleton label={t.task.tabs[route.tab]} />}>
          <Panel route={route} row={row} samples={samples} />
        </Suspense>
      </div>
    </Stack>
  );
}
