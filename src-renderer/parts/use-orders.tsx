import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import Snackbar from '@mui/material/Snackbar';
import { type ReactNode, useId, useState } from 'react';
import type { TaskRow } from '../../src-shared/contract/console-types.ts';
import { ask, type Failure } from '../state/ask.ts';
import { useClient } from '../state/connection.ts';
import { ordersFor, type TaskOrder } from '../state/orders.ts';
import { replaceTask } from '../state/tasks.ts';
import { useText } from '../text/use-text.ts';
import { FailureNote } from './problem-note.tsx';
import { visible } from './visible.ts';

/** How long an order can be taken back from the note about it; afterwards from the archive. */
const UNDO_MS = 12_000;

interface StopDialogProps {
  readonly row: TaskRow;
  readonly onAnswer: (order: 'finish' | 'stop' | null) => void;
}

/** Stopping cuts files off, so it asks; the button that changes nothing has the focus. */
function StopDialog({ row, onAnswer }: StopDialogProps) {
  const { t } = useText();
  const id = useId();
  return (
    <Dialog open onClose={() => onAnswer(null)} aria-labelledby={id} aria-describedby={`${id}-body`}>
      <DialogTitle id={id}>{t.order.stopTitle(row.task.name)}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-body`}>{t.order.stopBody}</DialogContentText>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1, px: 3, pb: 2.5 }}>
        <Button color="error" onClick={() => onAnswer('stop')}>
          {t.order.stop}
        </Button>
        {ordersFor(row).includes('finish') && (
          <Button onClick={() => onAnswer('finish')}>{t.order.stopGentle}</Button>
        )}
        <Button variant="contained" autoFocus onClick={() => onAnswer(null)}>
          {t.order.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function RefusedDialog({ failure, onClose }: { readonly failure: Failure; readonly onClose: () => void }) {
  const { t } = useText();
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{t.order.refused}</DialogTitle>
      <DialogContent>
        <FailureNote failure={failure} />
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button variant="contained" autoFocus onClick={onClose}>
          {t.shell.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What was put away can be brought back at once, so it asks nothing before. */
function ArchivedNote({
  row,
  onUndo,
  onClose,
}: {
  readonly row: TaskRow;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  return (
    <Snackbar
      key={row.task.id}
      open
      autoHideDuration={UNDO_MS}
      onClose={(_, reason) => reason !== 'clickaway' && onClose()}
      message={t.order.archived(visible(row.task.name))}
      action={
        <Button size="small" color="inherit" onClick={onUndo}>
          {t.order.undo}
        </Button>
      }
    />
  );
}

export interface Orders {
  /** Gives an order; `stop` asks first. */
  readonly give: (row: TaskRow, order: TaskOrder) => void;
  /** The task whose order is under way. */
  readonly busy: string | null;
  readonly dialogs: ReactNode;
}

/** Orders to tasks, with the question before stopping and the reason when one is refused. */
export function useOrders(onRow?: (row: TaskRow) => void): Orders {
  const client = useClient();
  const [stopping, setStopping] = useState<TaskRow | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [archived, setArchived] = useState<TaskRow | null>(null);
  const send = async (row: TaskRow, order: TaskOrder) => {
    if (!client) return;
    setBusy(row.task.id);
    const answer = await ask(() => client.tasks.order({ task: row.task.id, order }));
    setBusy(null);
    if (!answer.ok) return setFailure(answer.failure);
    setArchived(order === 'archive' ? answer.value : null);
    replaceTask(answer.value);
    onRow?.(answer.value);
  };
  const give = (row: TaskRow, order: TaskOrder) => {
    if (order === 'stop') setStopping(row);
    else void send(row, order);
  };
  const dialogs = (
    <>
      {stopping && (
        <StopDialog
          row={stopping}
          onAnswer={(order) => {
            setStopping(null);
            if (order) void send(stopping, order);
          }}
        />
      )}
      {archived && (
        <ArchivedNote
          row={archived}
          onUndo={() => void send(archived, 'restore')}
          onClose={() => setArchived(null)}
        />
      )}
      {failure && <RefusedDialog failure={failure} onClose={() => setFailure(null)} />}
    </>
  );
  return { give, busy, dialogs };
}
