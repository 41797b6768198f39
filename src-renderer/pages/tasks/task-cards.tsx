import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { taskHash } from '../../app/route.ts';
import { OrderButtons } from '../../parts/order-buttons.tsx';
import { readableAddress } from '../../parts/path-cut.ts';
import { PathText } from '../../parts/path-text.tsx';
import { ProgressBar } from '../../parts/progress-bar.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import { stateTone } from '../../parts/state-tone.ts';
import type { Orders } from '../../parts/use-orders.tsx';
import { reasonText } from '../../text/code-texts.ts';
import { useText } from '../../text/use-text.ts';

interface TaskCardsProps {
  readonly rows: readonly TaskRow[];
  readonly orders: Orders;
}

/** The task list where a grid would not fit. */
export function TaskCards({ rows, orders }: TaskCardsProps) {
  const { t, f } = useText();
  return (
    <Box
      component="ul"
      aria-label={t.tasks.grid}
      sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}
    >
      {rows.map((row) => (
        <Card key={row.task.id} component="li" sx={{ p: 2, minWidth: 0 }}>
          <Link href={taskHash(row.task.id)} variant="h3">
            {row.task.name}
          </Link>
          <Typography variant="caption" component="div" color="textSecondary" sx={{ mt: 0.5 }}>
            <PathText path={row.task.source} />
            <PathText path={readableAddress(row.task.destination)} />
          </Typography>
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, my: 1, typography: 'body2' }}>
            <StateMark state={row.state} />
            <Box component="span" sx={{ marginInlineStart: 'auto' }}>
              {row.progress === null ? '' : f.percent(row.progress)}
              {row.progressFell && ` (${t.progressFell[row.progressFell]})`}
            </Box>
          </Box>
          {row.reason && (
            <Typography variant="caption" component="p" color="textSecondary" sx={{ mb: 1 }}>
              {reasonText(t, f, row.reason)}
            </Typography>
          )}
          <ProgressBar label={row.task.name} value={row.progress} tone={stateTone[row.state]} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, mt: 0.5 }}>
            <Typography variant="caption" color="textSecondary" sx={{ flexGrow: 1 }}>
              {[
                t.units.files(row.counts.found.files),
                f.bytes(row.counts.found.bytes),
                row.issues.errors > 0 ? t.units.errors(row.issues.errors) : '',
              ]
                .filter((text) => text !== '')
                .join(' · ')}
            </Typography>
            <OrderButtons
              row={row}
              compact
              busy={orders.busy === row.task.id}
              onOrder={(order) => orders.give(row, order)}
            />
          </Box>
        </Card>
      ))}
    </Box>
  );
}
