import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';

interface PromoteDialogProps {
  /** Where it listens already; null for a machine that is alone. */
  readonly listener: FleetState['listener'];
  readonly onDone: () => unknown;
  readonly onClose: () => void;
}

/** The port of a coordinator, unless another one is chosen. */
const FLEET_PORT = 7_443;

/** Makes this machine the coordinator of others, or changes where it listens for them. */
export function PromoteDialog({ listener, onDone, onClose }: PromoteDialogProps) {
  const { t } = useText();
  const words = t.machines.promote;
  const order = useOrder();
  const [port, setPort] = useState(String(listener?.port ?? FLEET_PORT));
  const [host, setHost] = useState(listener?.host ?? '');
  const [addresses, setAddresses] = useState('');
  const right = /^\d{1,5}$/.test(port.trim()) && Number(port) <= 65_535;
  const promote = () =>
    order.give(
      (client) => {
        const named = addresses.split(/[\s,;]+/).filter((address) => address !== '');
        return client.fleet.promote({
          port: Number(port),
          ...(host.trim() === '' ? {} : { host: host.trim() }),
          ...(named.length === 0 ? {} : { addresses: named }),
        });
      },
      () => onDone(),
    );
  const plain = { spellCheck: false, autoComplete: 'off' } as const;
  return (
    <DialogFrame
      title={listener === null ? words.title : t.machines.place.change}
      intro={words.intro}
      ok={listener === null ? words.ok : words.save}
      okDisabled={!right}
      order={order}
      onOk={() => void promote()}
      onClose={onClose}
    >
      <TextField
        autoFocus
        label={words.port}
        value={port}
        onChange={(event) => setPort(event.target.value)}
        error={!right}
        helperText={right ? words.portHint : words.wrongPort}
        slotProps={{ htmlInput: { ...plain, inputMode: 'numeric' } }}
      />
      <TextField
        label={words.host}
        value={host}
        onChange={(event) => setHost(event.target.value)}
        helperText={words.hostHint}
        slotProps={{ htmlInput: plain }}
      />
      <TextField
        label={words.addresses}
        value={addresses}
        onChange={(event) => setAddresses(event.target.value)}
        helperText={words.addressesHint}
        slotProps={{ htmlInput: plain }}
      />
    </DialogFrame>
  );
}
