import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { FleetMachine } from '../../../src-shared/contract/fleet-admin.ts';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';

interface MoveDialogProps {
  readonly members: readonly FleetMachine[];
  readonly onDone: () => unknown;
  readonly onClose: () => void;
}

/** Hands the coordination to one of the machines that are connected, and says before what that means. */
export function MoveDialog({ members, onDone, onClose }: MoveDialogProps) {
  const { t } = useText();
  const order = useOrder();
  const heirs = members.filter(({ state, connected }) => state === 'member' && connected);
  const [chosen, setChosen] = useState('');
  const words = t.machines.move;
  // It may have gone away since it was chosen.
  const machine = heirs.some((one) => one.machine === chosen) ? chosen : '';
  return (
    <DialogFrame
      title={words.title}
      intro={heirs.length === 0 ? words.nobody : words.intro}
      ok={heirs.length === 0 ? undefined : words.ok}
      okDisabled={machine === ''}
      order={order}
      onOk={() =>
        void order.give(
          ({ fleet }) => fleet.move({ machine, listen: {} }),
          () => onDone(),
        )
      }
      onClose={onClose}
    >
      {heirs.length > 0 && (
        <TextField
          select
          required
          fullWidth
          label={words.machine}
          helperText={order.busy ? words.underWay : words.hint}
          value={machine}
          disabled={order.busy}
          onChange={({ target }) => setChosen(target.value)}
        >
          {heirs.map((one) => (
            <MenuItem key={one.machine} value={one.machine}>
              {one.name}
            </MenuItem>
          ))}
        </TextField>
      )}
    </DialogFrame>
  );
}
