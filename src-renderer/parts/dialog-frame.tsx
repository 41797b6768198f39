import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { type FormEvent, type ReactNode, useId } from 'react';
import type { Order } from '../state/use-order.ts';
import { useText } from '../text/use-text.ts';
import { FailureNote } from './problem-note.tsx';

interface DialogFrameProps {
  readonly title: string;
  readonly intro?: string;
  /** The word on the button that does it; without one there is nothing to do but to close. */
  readonly ok?: string | undefined;
  readonly okDisabled?: boolean;
  readonly dangerous?: boolean;
  /** What leads out without doing anything. */
  readonly close?: string;
  readonly order: Order;
  readonly onOk?: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}

/** A dialog with one decision; what the machine finds wrong stands in it. Of a dangerous one, the way out has the focus. */
export function DialogFrame({
  title,
  intro,
  ok,
  okDisabled = false,
  dangerous = false,
  close,
  order,
  onOk,
  onClose,
  children,
}: DialogFrameProps) {
  const { t } = useText();
  const id = useId();
  const narrow = useMediaQuery('(max-width: 599.9px)');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!okDisabled && !order.disabled) onOk?.();
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      fullScreen={narrow && !dangerous}
      onClose={onClose}
      aria-labelledby={id}
      {...(intro ? { 'aria-describedby': `${id}-intro` } : {})}
    >
      <Box
        component="form"
        noValidate
        onSubmit={submit}
        sx={{ display: 'flex', flexDirection: 'column', minHeight: 0 }}
      >
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            {intro && (
              <Typography id={`${id}-intro`} color="textSecondary">
                {intro}
              </Typography>
            )}
            {children}
            {order.failure && (
              <Box aria-live="polite">
                <FailureNote failure={order.failure} />
              </Box>
            )}
          </Stack>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2.5, flexWrap: 'wrap', gap: 1 }}>
          <Button onClick={onClose} autoFocus={dangerous} {...(dangerous ? { variant: 'contained' } : {})}>
            {close ?? t.shell.cancel}
          </Button>
          {ok !== undefined && (
            <Button
              type="submit"
              {...(dangerous ? { color: 'error' as const } : { variant: 'contained' as const })}
              disabled={okDisabled || order.disabled}
            >
              {ok}
            </Button>
          )}
        </DialogActions>
      </Box>
    </Dialog>
  );
}
