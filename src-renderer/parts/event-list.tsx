import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { FleetEvent } from '../../src-shared/contract/console-types.ts';
import { taskHash } from '../app/route.ts';
import { codeEntry } from '../text/code-texts.ts';
import type { Messages } from '../text/en.ts';
import { useText } from '../text/use-text.ts';
import { Moment } from './moment.tsx';
import { NameText } from './path-text.tsx';
import { visible } from './visible.ts';

interface EventListProps {
  readonly events: readonly FleetEvent[];
  /** Names of tasks, for links; an unknown one (it is put away) is shown by the name it had then. */
  readonly nameOf?: (task: string) => string | undefined;
  /** Where the days stand among the headings of the page. */
  readonly level?: 'h2' | 'h3';
}

function whom(t: Messages, actor: string): string {
  if (actor === 'you') return t.activity.byYou;
  return actor === 'coordinator' ? t.activity.byCoordinator : t.activity.byWhom(visible(actor));
}

function EventLine({
  event,
  nameOf,
}: {
  readonly event: FleetEvent;
  readonly nameOf: EventListProps['nameOf'];
}) {
  const { t, f } = useText();
  const title = event.problem ? codeEntry(f.locale, event.problem.code)?.title : undefined;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: '92px minmax(0, 1fr)' },
        columnGap: 2,
        py: 0.9,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      <Typography variant="body2" component="span" color="textSecondary">
        <Moment at={event.at} shape="clock" />
      </Typography>
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          <NameText name={t.event(event.facts)} />
        </Typography>
        <Typography variant="caption" component="p" color="textSecondary">
          {event.task && nameOf && (
            <>
              <Link href={taskHash(event.task)} underline="always">
                {nameOf(event.task) ?? ('name' in event.facts ? event.facts.name : event.task)}
              </Link>
              {' · '}
            </>
          )}
          {whom(t, event.actor)}
          {title && ` · ${title}`}
        </Typography>
      </Box>
    </Box>
  );
}

/** Events by day, newest first. */
export function EventList({ events, nameOf, level = 'h3' }: EventListProps) {
  const { f } = useText();
  const days = Map.groupBy(events, (event) => f.day(event.at));
  return [...days].map(([day, those]) => (
    <Box key={day} sx={{ '&:not(:first-of-type)': { mt: 3 } }}>
      <Typography variant="h3" component={level} color="textSecondary" sx={{ mb: 0.5 }}>
        {day}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {those.map((event) => (
          <EventLine key={event.id} event={event} nameOf={nameOf} />
        ))}
      </Box>
    </Box>
  ));
}
