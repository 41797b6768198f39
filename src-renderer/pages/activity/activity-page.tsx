import Button from '@mui/material/Button';
import Card from '@mui/material/Card';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { newCopyHash } from '../../app/route.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { EventList } from '../../parts/event-list.tsx';
import { PageSkeleton } from '../../parts/page-skeleton.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { useTasks } from '../../state/tasks.ts';
import { useEvents } from '../../state/use-events.ts';
import { useText } from '../../text/use-text.ts';

/** What happened, in sentences, newest first. */
export function ActivityPage() {
  const { t } = useText();
  const { events, failure, more, older, again } = useEvents();
  const rows = useTasks((state) => state.rows) ?? [];
  return (
    <Stack spacing={2}>
      <Typography variant="h1">{t.activity.title}</Typography>
      {failure && <FailureNote failure={failure} again={again} />}
      {!events && !failure && <PageSkeleton label={t.activity.loading} />}
      {events && events.length === 0 && (
        <EmptyState title={t.activity.empty} body={t.activity.emptyBody}>
          <Button variant="contained" href={newCopyHash}>
            {t.shell.newCopy}
          </Button>
        </EmptyState>
      )}
      {events && events.length > 0 && (
        <Card component="section" aria-label={t.activity.title} sx={{ p: { xs: 2, md: 2.5 } }}>
          <EventList
            level="h2"
            events={events}
            nameOf={(task) => rows.find((row) => row.task.id === task)?.task.name}
          />
          {more && (
            <Button onClick={older} sx={{ mt: 1 }}>
              {t.activity.older}
            </Button>
          )}
        </Card>
      )}
    </Stack>
  );
}
