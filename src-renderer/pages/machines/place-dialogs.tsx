import { DialogFrame } from '../../parts/dialog-frame.tsx';
import type { FleetPlace } from '../../state/use-fleet-place.ts';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { JoinDialog } from './join-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import type { PlaceOrder } from './place-card.tsx';
import { PromoteDialog } from './promote-dialog.tsx';

interface PlaceDialogsProps {
  readonly fleet: FleetPlace;
  /** What was asked for; null when nothing is. */
  readonly order: PlaceOrder | null;
  readonly onOrder: (order: PlaceOrder | null) => void;
}

/** The dialogs behind the buttons of this machine's place. */
export function PlaceDialogs({ fleet: { place, members, refresh }, order, onOrder }: PlaceDialogsProps) {
  const close = () => onOrder(null);
  switch (order) {
    case null:
      return null;
    case 'promote':
    case 'change':
      return (
        <PromoteDialog
          listener={place?.listener ?? null}
          onClose={close}
          onDone={async () => {
            await refresh();
            // Whoever wants several machines wants to invite one next.
            onOrder(order === 'promote' ? 'invite' : null);
          }}
        />
      );
    case 'invite':
      return <InviteDialog members={members} onChanged={refresh} onClose={close} />;
    case 'join':
      return <JoinDialog joined={place?.joined ?? null} onChanged={refresh} onClose={close} />;
    case 'rekey':
      return <Rekey onClose={close} />;
    case 'move':
      return (
        <MoveDialog
          members={members}
          onDone={async () => {
            await refresh();
            close();
          }}
          onClose={close}
        />
      );
    case 'leave':
    case 'demote':
      return (
        <EndDialog
          order={order}
          coordinator={place?.joined?.coordinator ?? ''}
          machines={members.filter(({ state }) => state === 'member').length}
          onDone={async () => {
            await refresh();
            close();
          }}
          onClose={close}
        />
      );
  }
}

interface EndDialogProps {
  readonly order: 'leave' | 'demote';
  readonly coordinator: string;
  readonly machines: number;
  readonly onDone: () => unknown;
  readonly onClose: () => void;
}

/** Leaving and giving up cannot be taken back by a click, so they ask. */
function EndDialog({ order, coordinator, machines, onDone, onClose }: EndDialogProps) {
  const { t } = useText();
  const giving = useOrder();
  const { leave, demote } = t.machines;
  const leaving = order === 'leave';
  return (
    <DialogFrame
      dangerous
      title={leaving ? leave.title(coordinator) : demote.title}
      intro={leaving ? leave.body : demote.body(machines)}
      ok={leaving ? leave.ok : demote.ok}
      order={giving}
      onOk={() =>
        void giving.give(
          ({ fleet }) => (leaving ? fleet.leave() : fleet.demote({ force: true })),
          () => onDone(),
        )
      }
      onClose={onClose}
    />
  );
}

/** Another key changes nothing that anybody sees; what it is for is said before. */
function Rekey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const order = useOrder();
  const words = t.machines.place;
  return (
    <DialogFrame
      title={words.rekey}
      intro={words.rekeyBody}
      ok={words.rekey}
      order={order}
      onOk={() => void order.give(({ fleet }) => fleet.rekey(), onClose)}
      onClose={onClose}
    />
  );
}
