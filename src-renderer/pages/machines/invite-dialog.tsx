import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { FleetMachine } from '../../../src-shared/contract/fleet-admin.ts';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';
import { type Invitation, InvitationLine } from './invitation-line.tsx';
import { PendingMachines } from './pending-machines.tsx';

interface InviteDialogProps {
  readonly members: readonly FleetMachine[];
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** Minutes. */
const VALIDITIES = { quarter: 15, hour: 60, day: 24 * 60, week: 7 * 24 * 60 } as const;
const validities = ['quarter', 'hour', 'day', 'week'] as const;

/** Makes an invitation, and stays until whoever uses it is let in or sent away. */
export function InviteDialog({ members, onChanged, onClose }: InviteDialogProps) {
  const { t } = useText();
  const words = t.machines.invite;
  const order = useOrder();
  const [minutes, setMinutes] = useState<number>(VALIDITIES.hour);
  const [accept, setAccept] = useState(false);
  const [made, setMade] = useState<Invitation | null>(null);
  const make = () => order.give((client) => client.fleet.invite({ minutes, accept }), setMade);
  const waiting = members.some(({ state }) => state === 'pending');
  return (
    <DialogFrame
      title={words.title}
      intro={words.intro}
      ok={made === null ? words.make : words.another}
      close={t.shell.close}
      order={order}
      onOk={() => void make()}
      onClose={onClose}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'flex-start' }}>
        <TextField
          select
          size="small"
          label={words.minutes}
          value={minutes}
          onChange={(event) => setMinutes(Number(event.target.value))}
          sx={{ minWidth: 140 }}
        >
          {validities.map((each) => (
            <MenuItem key={each} value={VALIDITIES[each]}>
              {words.validity[each]}
            </MenuItem>
          ))}
        </TextField>
        <Box sx={{ flex: '1 1 220px' }}>
          <FormControlLabel
            control={<Checkbox checked={accept} onChange={(event) => setAccept(event.target.checked)} />}
            label={words.accept}
          />
          <FormHelperText sx={{ mt: -0.5 }}>{words.acceptHint}</FormHelperText>
        </Box>
      </Box>
      {made && <InvitationLine key={made.invitation} made={made} />}
      {made && !waiting && (
        <Typography variant="body2" color="textSecondary" role="status">
          {words.waiting}
        </Typography>
      )}
      {waiting && <PendingMachines members={members} onChanged={onChanged} />}
    </DialogFrame>
  );
}
