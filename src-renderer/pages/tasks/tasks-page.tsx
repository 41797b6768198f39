import Add from '@mui/icons-material/AddOutlined';
import UploadFile from '@mui/icons-material/UploadFileOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useEffect } from 'react';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { importHash, newCopyHash, type TaskView, tasksHash, taskViews } from '../../app/route.ts';
import { go } from '../../app/use-route.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { useOrders } from '../../parts/use-orders.tsx';
import { useClient } from '../../state/connection.ts';
import { useFleet } from '../../state/fleet.ts';
import { refreshArchive, refreshTasks, useTasks } from '../../state/tasks.ts';
import { inView } from '../../state/views.ts';
import { useText } from '../../text/use-text.ts';
import { CreateDialog } from './create-dialog.tsx';
import { TaskCards } from './task-cards.tsx';
import { TaskGrid } from './task-grid.tsx';

interface ViewsProps {
  readonly rows: readonly TaskRow[];
  readonly archived: number;
  readonly view: TaskView;
}

function Views({ rows, archived, view }: ViewsProps) {
  const { t, f } = useText();
  const shown = taskViews.filter((name) => name !== 'archived' || archived > 0 || view === 'archived');
  return (
    <Box component="nav" aria-label={t.tasks.views} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {shown.map((name) => {
        const count = name === 'archived' ? archived : rows.filter((row) => inView(row, name)).length;
        return (
          <Chip
            key={name}
            component="a"
            href={tasksHash(name)}
            clickable
            aria-current={name === view ? 'true' : undefined}
            color={name === view ? 'primary' : 'default'}
            variant={name === view ? 'filled' : 'outlined'}
            label={`${t.view[name]} ${f.int(count)}`}
          />
        );
      })}
    </Box>
  );
}

interface TasksPageProps {
  readonly view: TaskView;
  readonly adding: boolean;
  readonly nonce: string | undefined;
}

/** All tasks, in saved views, with their orders; and the dialog that makes a new one. */
export function TasksPage({ view, adding, nonce }: TasksPageProps) {
  const { t } = useText();
  const { rows: present, archived, error } = useTasks();
  const away = useFleet((state) => state.overview?.archived ?? 0);
  const client = useClient();
  const orders = useOrders();
  const narrow = useMediaQuery('(max-width: 899.9px)');
  const looking = view === 'archived';
  useEffect(() => {
    // `away` is why it is read again: somebody else may put tasks away or bring them back.
    if (looking && client && away >= 0) void refreshArchive(client);
  }, [looking, client, away]);
  const rows = looking ? archived : present;
  const shown = rows?.filter((row) => inView(row, view)) ?? [];
  const none = rows?.length === 0 && !looking && away === 0;
  const newCopy = (
    <Button variant="contained" href={newCopyHash} startIcon={<Add />}>
      {t.shell.newCopy}
    </Button>
  );
  return (
    <Stack spacing={2}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Typography variant="h1" sx={{ flexGrow: 1 }}>
          {t.tasks.title}
        </Typography>
        {rows && !none && (
          <>
            <Button href={importHash} startIcon={<UploadFile />}>
              {t.imports.button}
            </Button>
            {newCopy}
          </>
        )}
      </Box>
      {error && (
        <Alert
          severity="error"
          variant="outlined"
          action={
            <Button
              color="inherit"
              size="small"
              disabled={!client}
              onClick={() => client && void refreshTasks(client)}
            >
              {t.shell.tryAgain}
            </Button>
          }
        >
          {`${t.tasks.failedToLoad}: ${error}`}
        </Alert>
      )}
      {!rows && !error && <PageSkeleton label={t.tasks.loading} />}
      {none && (
        <EmptyState title={t.tasks.empty} body={t.overview.emptyBody}>
          {newCopy}
          <Button href={importHash} startIcon={<UploadFile />}>
            {t.imports.button}
          </Button>
        </EmptyState>
      )}
      {rows && !none && (
        <>
          <Views rows={present ?? []} archived={away} view={view} />
          {shown.length === 0 ? (
            <EmptyState title={t.tasks.emptyView}>
              <Button href={tasksHash()}>{t.tasks.showAll}</Button>
            </EmptyState>
          ) : narrow ? (
            <TaskCards rows={shown} orders={orders} />
          ) : (
            <TaskGrid rows={shown} orders={orders} nonce={nonce} />
          )}
        </>
      )}
      {orders.dialogs}
      {adding && <CreateDialog onClose={() => go({ page: 'tasks', view, adding: false })} />}
    </Stack>
  );
}
