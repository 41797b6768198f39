import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { OverviewPage } from '../pages/overview/overview-page.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { PageSkeleton } from '../parts/page-skeleton.tsx';
import { useStale } from '../state/connection.ts';
import type { Messages } from '../text/en.ts';
import { useText } from '../text/use-text.ts';
import { Announcer } from './announcer.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DropAnywhere } from './drop-anywhere.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { Rail } from './rail.tsx';
import type { Route } from './route.ts';
import { SignInBanner } from './sign-in-banner.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useRoute } from './use-route.ts';
import { Welcome } from './welcome.tsx';

// The overview is what opens; the others come when they are asked for, which keeps the start short.
const TasksPage = lazy(async () => ({ default: (await import('../pages/tasks/tasks-page.tsx')).TasksPage }));
const TaskPage = lazy(async () => ({ default: (await import('../pages/task/task-page.tsx')).TaskPage }));
const ImportPage = lazy(async () => ({
  default: (await import('../pages/import/import-page.tsx')).ImportPage,
}));
const AssessPage = lazy(async () => ({
  default: (await import('../pages/assess/assess-page.tsx')).AssessPage,
}));
const AssessmentPage = lazy(async () => ({
  default: (await import('../pages/assess/assessment-page.tsx')).AssessmentPage,
}));
const MachinesPage = lazy(async () => ({
  default: (await import('../pages/machines/machines-page.tsx')).MachinesPage,
}));
const SignInPage = lazy(async () => ({
  default: (await import('../pages/sign-in/sign-in-page.tsx')).SignInPage,
}));
const ActivityPage = lazy(async () => ({
  default: (await import('../pages/activity/activity-page.tsx')).ActivityPage,
}));

function titleOf(t: Messages, route: Route): string {
  switch (route.page) {
    case 'overview':
      return t.overview.title;
    case 'tasks':
      return t.tasks.title;
    case 'task':
      return t.task.tabs[route.tab];
    case 'import':
      return t.imports.title;
    case 'assess':
      return t.assess.title;
    case 'assessment':
      return t.assess.one;
    case 'machines':
      return t.machines.title;
    case 'activity':
      return t.activity.title;
    case 'sign-in':
      return t.signIn.title;
    case 'unknown':
      return t.shell.notFound;
  }
}

function Page({ route, nonce }: { readonly route: Route; readonly nonce: string | undefined }) {
  const { t } = useText();
  switch (route.page) {
    case 'overview':
      return <OverviewPage />;
    case 'tasks':
      return <TasksPage view={route.view} adding={route.adding} nonce={nonce} />;
    case 'task':
      return <TaskPage key={route.task} route={route} />;
    case 'import':
      return <ImportPage />;
    case 'assess':
      return <AssessPage />;
    case 'assessment':
      return <AssessmentPage key={route.task} route={route} />;
    case 'machines':
      return <MachinesPage machine={route.machine} nonce={nonce} />;
    case 'activity':
      return <ActivityPage />;
    case 'sign-in':
      return <SignInPage />;
    case 'unknown':
      return (
        <EmptyState level="h1" title={t.shell.notFound} body={t.shell.notFoundBody}>
          <Button variant="contained" href="#/overview">
            {t.shell.toOverview}
          </Button>
        </EmptyState>
      );
  }
}

/** The frame: places, machine, status, and in the middle the page of the route. */
export function Shell({ nonce }: { readonly nonce: string | undefined }) {
  const { t } = useText();
  const route = useRoute();
  const stale = useStale();
  const main = useRef<HTMLElement>(null);
  const place =
    route.page === 'task' || route.page === 'assessment' ? `${route.page}/${route.task}` : route.page;
  const title = titleOf(t, route);
  useEffect(() => {
    document.title = `${title} · Convoy`;
  }, [title]);
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    main.current?.scrollTo(0, 0);
  }, [place]);
  return (
    <Box
      sx={{
        display: 'grid',
        height: '100dvh',
        gridTemplateAreas: {
          xs: '"top" "main" "status" "rail"',
          sm: '"top top" "rail main" "status status"',
        },
        gridTemplateRows: { xs: 'auto minmax(0, 1fr) auto auto', sm: 'auto minmax(0, 1fr) auto' },
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '64px minmax(0, 1fr)', lg: '204px minmax(0, 1fr)' },
        // On a very low screen (zoomed in far) fixed bars would leave no room for the page.
        '@media (max-height: 420px)': { height: 'auto', minHeight: '100dvh' },
      }}
    >
      <Link
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
        sx={{
          position: 'absolute',
          insetInlineStart: 8,
          top: -60,
          zIndex: 'tooltip',
          px: 2,
          py: 1,
          bgcolor: 'background.paper',
          borderRadius: 1,
          '&:focus': { top: 8 },
        }}
      >
        {t.shell.skip}
      </Link>
      <TopBar />
      <Rail route={route} />
      <Box sx={{ gridArea: 'main', display: 'flex', flexDirection: 'column', minHeight: 0 }}>
        <ConnectionBanner />
        <SignInBanner />
        <Box
          component="main"
          id="main"
          ref={main}
          tabIndex={-1}
          data-stale={stale}
          sx={{
            flexGrow: 1,
            minHeight: 0,
            overflow: 'auto',
            outline: 'none',
            px: { xs: 1.5, sm: 3 },
            py: { xs: 2, sm: 3 },
          }}
        >
          <Box sx={{ maxWidth: 1320, mx: 'auto' }}>
            <PageBoundary key={place}>
              <Suspense fallback={<PageSkeleton label={title} />}>
                <Page route={route} nonce={nonce} />
              </Suspense>
            </PageBoundary>
          </Box>
        </Box>
      </Box>
      <StatusBar />
      <Announcer />
      <DropAnywhere />
      <Welcome />
    </Box>
  );
}
