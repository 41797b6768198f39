import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogContentText from '@mui/material/DialogContentText';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useText } from '../../text/use-text.ts';

interface DiscardDialogProps {
  readonly onDiscard: () => void;
  readonly onClose: () => void;
}

/** Work that is lost is asked about; the button that changes nothing has the focus. */
export function DiscardDialog({ onDiscard, onClose }: DiscardDialogProps) {
  const { t } = useText();
  const id = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} aria-describedby={`${id}-body`}>
      <DialogTitle id={id}>{t.imports.discardTitle}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-body`}>{t.imports.discardBody}</DialogContentText>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5, gap: 1 }}>
        <Button
          color="error"
          onClick={() => {
            onClose();
            onDiscard();
          }}
        >
          {t.imports.discard}
        </Button>
        <Button variant="contained" autoFocus onClick={onClose}>
          {t.shell.cancel}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
