import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId, useState } from 'react';
import { gentleSchema } from '../../../src-shared/model/gentle.ts';
import type { Task } from '../../../src-shared/model/task.ts';
import { FailureNote } from '../../parts/problem-note.tsx';
import { ask, type Failure } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useText } from '../../text/use-text.ts';
import { GentleForm } from '../tasks/gentle-form.tsx';

/** Changes how gently the source of a task is read, also while it is read. */
export function GentleDialog({ task, onClose }: { readonly task: Task; readonly onClose: () => void }) {
  const { t } = useText();
  const client = useClient();
  const id = useId();
  const [gentle, setGentle] = useState(task.settings.gentle);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fits = gentleSchema.safeParse(gentle).success;
  const save = async () => {
    if (!client) return;
    setBusy(true);
    const answer = await ask(() => client.tasks.setGentle({ task: task.id, gentle }));
    setBusy(false);
    if (answer.ok) onClose();
    else setFailure(answer.failure);
  };
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{t.settings.gentle.title}</DialogTitle>
      <DialogContent>
        <GentleForm gentle={gentle} onChange={setGentle} />
        {failure && <FailureNote failure={failure} />}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onClose}>{t.create.cancel}</Button>
        <Button variant="contained" disabled={!fits || busy || !client} onClick={() => void save()}>
          {t.settings.gentle.save}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
