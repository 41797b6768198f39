import Description from '@mui/icons-material/DescriptionOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { TaskRow } from '../../../src-shared/contract/console-types.ts';
import { tasksHash } from '../../app/route.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Headline } from '../../parts/headline.tsx';
import { OrderButtons } from '../../parts/order-buttons.tsx';
import { readableAddress } from '../../parts/path-cut.ts';
import { PathText } from '../../parts/path-text.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useOrders } from '../../parts/use-orders.tsx';
import { useClient } from '../../state/connection.ts';
import { standstill } from '../../text/overall.ts';
import { situationOfTask } from '../../text/sentences.ts';
import { useText } from '../../text/use-text.ts';
import { ReportDialog } from './report-dialog.tsx';

interface EndProps {
  readonly word: string;
  /** As it is, for the clipboard. */
  readonly path: string;
  readonly shown?: string;
}

function End({ word, path, shown = path }: EndProps) {
  const { t } = useText();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0, typography: 'body2' }}>
      <Box component="span" sx={{ color: 'text.secondary', minWidth: 36 }}>
        {word}
      </Box>
      <PathText path={shown} />
      <CopyButton text={path} label={`${t.items.copyPath}: ${word}`} />
    </Box>
  );
}

interface TaskHeadProps {
  readonly row: TaskRow;
  /** The state in one line, for tabs that need the room. */
  readonly compact: boolean;
  readonly onRow: (row: TaskRow) => void;
}

/** Name, source and destination, state in a sentence, and what can be done. */
export function TaskHead({ row, compact, onRow }: TaskHeadProps) {
  const { t, f } = useText();
  const client = useClient();
  const orders = useOrders(onRow);
  const reason = standstill(row);
  const [reporting, setReporting] = useState(false);
  return (
    <Box>
      <Link href={tasksHash()} variant="body2">
        {t.tasks.title}
      </Link>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'flex-start', mb: compact ? 1 : 2 }}
      >
        <Box sx={{ flex: '1 1 300px', minWidth: 0 }}>
          <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
            {row.task.name}
          </Typography>
          <End word={t.task.from} path={row.task.source} />
          <End word={t.task.to} path={row.task.destination} shown={readableAddress(row.task.destination)} />
        </Box>
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <OrderButtons
            row={row}
            busy={orders.busy === row.task.id}
            onOrder={(order) => orders.give(row, order)}
          />
          {row.run && (
            <Button startIcon={<Description />} disabled={!client} onClick={() => setReporting(true)}>
              {t.task.report}
            </Button>
          )}
        </Box>
      </Box>
      {row.archivedAt !== null && (
        <Typography variant="body2" color="textSecondary" sx={{ mb: 1 }}>
          {t.task.archivedSince(f.dateTime(row.archivedAt))}
        </Typography>
      )}
      <Headline situation={situationOfTask(row)} label={row.task.name} compact={compact} />
      {reason && (
        <Box sx={{ mt: 2 }}>
          <ProblemNote problem={reason} />
        </Box>
      )}
      {orders.dialogs}
      {reporting && row.run && <ReportDialog run={row.run.id} onClose={() => setReporting(false)} />}
    </Box>
  );
}
