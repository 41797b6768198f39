import Button from '@mui/material/Button';
import { type ReactNode, useState } from 'react';
import type { MachineRow } from '../../../src-shared/contract/machine-row.ts';
import { ok } from '../../../src-shared/model/problem.ts';
import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { FailureNote } from '../../parts/problem-note.tsx';
import { visible } from '../../parts/visible.ts';
import type { ShownMachine } from '../../state/machine-look.ts';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';
import { LimitsDialog } from './limits-dialog.tsx';

interface MachineOrdersProps {
  readonly machines: readonly ShownMachine[];
  /** Whether machines of this fleet are judged here: only where it is coordinated. */
  readonly coordinates: boolean;
  readonly onRow: (row: MachineRow) => void;
  readonly onChanged: () => Promise<void>;
}

/** Orders to one machine or to several at once; only those that make sense for at least one of them. */
export function MachineOrders({ machines, coordinates, onRow, onChanged }: MachineOrdersProps): ReactNode {
  const { t, f } = useText();
  const words = t.machines.orders;
  const order = useOrder();
  const [asking, setAsking] = useState<'limits' | 'revoke' | null>(null);
  const rows = machines.flatMap(({ row }) => row ?? []);
  const guests = machines.filter(({ member }) => member !== undefined);
  const inside = coordinates ? guests.filter(({ member }) => member?.state === 'member') : [];
  const outside = coordinates ? guests.filter(({ member }) => member?.state === 'revoked') : [];

  const drain = (drained: boolean) =>
    order.give(
      async (client) => {
        for (const row of rows.filter(({ rules }) => rules.drained !== drained)) {
          const changed = await client.machines.setRules({
            machine: row.machine,
            rules: { ...row.rules, drained },
          });
          if (!changed.ok) return changed;
          onRow(changed.value);
        }
        return ok(undefined);
      },
      () => undefined,
    );
  const judge = (those: readonly ShownMachine[], how: 'accept' | 'revoke') =>
    order.give(
      async (client) => {
        for (const { id } of those) {
          const judged = await client.fleet[how]({ machine: id });
          if (!judged.ok) return judged;
        }
        return ok(undefined);
      },
      async () => {
        setAsking(null);
        await onChanged();
      },
    );

  return (
    <>
      {rows.some(({ rules }) => rules.drained) && (
        <Button variant="outlined" disabled={order.disabled} onClick={() => void drain(false)}>
          {words.undrain}
        </Button>
      )}
      {rows.some(({ rules }) => !rules.drained) && (
        <Button variant="outlined" disabled={order.disabled} onClick={() => void drain(true)}>
          {words.drain}
        </Button>
      )}
      {rows.length > 0 && (
        <Button variant="outlined" onClick={() => setAsking('limits')}>
          {words.limits}
        </Button>
      )}
      {outside.length > 0 && (
        <Button variant="outlined" disabled={order.disabled} onClick={() => void judge(outside, 'accept')}>
          {words.restore}
        </Button>
      )}
      {inside.length > 0 && (
        <Button color="error" onClick={() => setAsking('revoke')}>
          {words.revoke}
        </Button>
      )}
      {order.failure && asking === null && <FailureNote failure={order.failure} />}
      {asking === 'limits' && (
        <LimitsDialog rows={rows} onDone={() => setAsking(null)} onClose={() => setAsking(null)} />
      )}
      {asking === 'revoke' && (
        <DialogFrame
          dangerous
          title={words.revokeTitle(f.list(inside.map(({ name }) => visible(name))))}
          intro={words.revokeBody}
          ok={words.revoke}
          order={order}
          onOk={() => void judge(inside, 'revoke')}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}
