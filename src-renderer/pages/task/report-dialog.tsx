import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useState } from 'react';
import { CopyButton } from '../../parts/copy-button.tsx';
import { NameText } from '../../parts/path-text.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { type Asked, ask } from '../../state/ask.ts';
import { useClient } from '../../state/connection.ts';
import { useText } from '../../text/use-text.ts';

interface Written {
  readonly folder: string;
  readonly files: readonly string[];
}

function Where({ written }: { readonly written: Written }) {
  const { t } = useText();
  return (
    <>
      <Typography color="textSecondary">{t.task.reportBody}</Typography>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 2 }}>
        {t.task.reportFolder}
      </Typography>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography component="code" variant="body2" sx={{ overflowWrap: 'anywhere' }}>
          <NameText name={written.folder} />
        </Typography>
        <CopyButton text={written.folder} label={t.items.copyPath} />
      </Box>
      <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 2 }}>
        {t.task.reportFiles}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {written.files.map((file) => (
          <Typography key={file} component="li" variant="body2">
            <NameText name={file} />
          </Typography>
        ))}
      </Box>
    </>
  );
}

/** Has the machine write the report, and says where it is. */
export function ReportDialog({ run, onClose }: { readonly run: string; readonly onClose: () => void }) {
  const { t } = useText();
  const client = useClient();
  const id = useId();
  const [answer, setAnswer] = useState<Asked<Written> | null>(null);
  useEffect(() => {
    if (!client) return;
    let live = true;
    void ask(() => client.reports.write({ run })).then((written) => {
      if (live) setAnswer(written);
    });
    return () => {
      live = false;
    };
  }, [client, run]);
  const title = answer === null ? t.task.report : answer.ok ? t.task.reportTitle : t.task.reportFailed;
  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent aria-live="polite">
        {answer === null && <LinearProgress aria-label={t.task.report} />}
        {answer?.ok && <Where written={answer.value} />}
        {answer && !answer.ok && <FailureNote failure={answer.failure} />}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button variant="contained" onClick={onClose}>
          {t.shell.close}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
