import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';
import { PairingWords } from './pairing-words.tsx';

interface JoinDialogProps {
  /** As it is now: after joining it tells the words, and when somebody has confirmed them. */
  readonly joined: FleetState['joined'];
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** Takes an invitation, shows the words, and stays until this machine is in. */
export function JoinDialog({ joined, onChanged, onClose }: JoinDialogProps) {
  const { t } = useText();
  const words = t.machines.join;
  const order = useOrder();
  const [line, setLine] = useState('');
  const join = () =>
    order.give(
      (client) => client.fleet.join({ invitation: line.trim() }),
      () => onChanged(),
    );
  return (
    <DialogFrame
      title={words.title}
      intro={words.intro}
      ok={joined === null ? words.ok : undefined}
      okDisabled={line.trim() === ''}
      close={joined === null ? t.shell.cancel : t.shell.close}
      order={order}
      onOk={() => void join()}
      onClose={onClose}
    >
      {joined === null ? (
        <TextField
          autoFocus
          multiline
          minRows={2}
          maxRows={6}
          label={words.line}
          value={line}
          onChange={(event) => setLine(event.target.value)}
          helperText={words.lineHint}
          slotProps={{ htmlInput: { spellCheck: false, autoComplete: 'off' } }}
        />
      ) : (
        <Joined joined={joined} />
      )}
      {order.busy && (
        <Typography variant="body2" role="status">
          {words.joining}
        </Typography>
      )}
    </DialogFrame>
  );
}

function Joined({ joined }: { readonly joined: NonNullable<FleetState['joined']> }) {
  const { t } = useText();
  const words = t.machines.join;
  if (joined.state === 'connected') {
    return (
      <Alert severity="success" variant="outlined" role="status">
        {words.in(joined.coordinator)}
      </Alert>
    );
  }
  return (
    <Box role="status">
      <Typography variant="body2">{words.compare}</Typography>
      <PairingWords words={joined.words} />
      {joined.problem && <ProblemNote problem={joined.problem} />}
    </Box>
  );
}
