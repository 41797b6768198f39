import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import type { AssessmentView } from '../../../src-shared/contract/assessments.ts';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { isEnded } from '../../../src-shared/model/run.ts';
import { assessHash, assessTabs, type Route, toHash } from '../../app/route.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { FailureNote, ProblemNote } from '../../parts/problem-note.tsx';
import { useAssessment } from '../../state/use-assessment.ts';
import { useTask } from '../../state/use-task.ts';
import { useText } from '../../text/use-text.ts';
import { AssessmentHead } from './assessment-head.tsx';
import { AddingUp, GoingOn } from './assessment-progress.tsx';
import { FindingsTab } from './findings-tab.tsx';
import { ForecastTab } from './forecast-tab.tsx';
import { NamesTab } from './names-tab.tsx';
import { PicturesTab } from './pictures-tab.tsx';

type AssessmentRoute = Extract<Route, { page: 'assessment' }>;
type Ready = Extract<AssessmentView, { state: 'ready' }>;

interface PanelProps {
  readonly route: AssessmentRoute;
  readonly row: TaskRow;
  readonly view: Ready;
}

function Panel({ route, row, view }: PanelProps) {
  const run = row.run?.id ?? '';
  switch (route.tab) {
    case 'pictures':
      return <PicturesTab task={row.task} run={run} figures={view.figures} picks={route.picks} />;
    case 'findings':
      return <FindingsTab task={row.task.id} figures={view.figures} />;
    case 'names':
      return <NamesTab task={row.task.id} run={run} />;
    case 'forecast':
      return <ForecastTab view={view} />;
  }
}

/** What came of it, in parts that are places of their own. */
function Parts({ route, row, view }: PanelProps) {
  const { t } = useText();
  return (
    <>
      <Tabs
        value={route.tab}
        aria-label={t.assess.tabList}
        variant="scrollable"
        allowScrollButtonsMobile
        sx={{ borderBottom: 1, borderColor: 'divider' }}
      >
        {assessTabs.map((tab) => (
          <Tab
            key={tab}
            value={tab}
            id={`tab-${tab}`}
            aria-controls="assessment-panel"
            label={t.assess.tabs[tab]}
            component="a"
            href={toHash({ ...route, tab, picks: {} })}
          />
        ))}
      </Tabs>
      <div id="assessment-panel" role="tabpanel" aria-labelledby={`tab-${route.tab}`}>
        <Panel route={route} row={row} view={view} />
      </div>
    </>
  );
}

/** One assessment: while it goes on how far it is, then what came of it. */
export function AssessmentPage({ route }: { readonly route: AssessmentRoute }) {
  const { t } = useText();
  const { row, failure, accept } = useTask(route.task);
  const run = row?.run ?? null;
  const ended = run !== null && isEnded(run.state);
  const { view, failure: untold, again } = useAssessment(ended ? run.id : null);
  if (!row) {
    if (!failure) return <PageSkeleton label={t.assess.loading} />;
    return (
      <EmptyState level="h1" title={t.assess.failed}>
        <Stack spacing={2}>
          <FailureNote failure={failure} />
          <Button href={assessHash}>{t.assess.all}</Button>
        </Stack>
      </EmptyState>
    );
  }
  const ready = view?.state === 'ready' ? view : null;
  return (
    <Stack spacing={2}>
      <AssessmentHead row={row} figures={ready?.figures ?? null} onRow={accept} />
      {failure?.kind === 'problem' && <FailureNote failure={failure} />}
      {untold && <FailureNote failure={untold} again={again} />}
      {!ended && <GoingOn row={row} onRow={accept} />}
      {ended && !ready && !untold && <AddingUp view={view} />}
      {ready?.problem && <ProblemNote problem={ready.problem} />}
      {ready && <Parts route={route} row={row} view={ready} />}
    </Stack>
  );
}
