import { DialogFrame } from '../../parts/dialog-frame.tsx';
import { acceptSignIn } from '../../state/sign-in.ts';
import { useOrder } from '../../state/use-order.ts';
import { useText } from '../../text/use-text.ts';

/** Signing out cannot be taken back by a click, so it asks. */
export function SignOutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const order = useOrder();
  return (
    <DialogFrame
      dangerous
      title={t.signIn.signOutTitle}
      intro={t.signIn.signOutBody}
      ok={t.signIn.signOut}
      order={order}
      onOk={() =>
        void order.give(async (client) => {
          const out = await client.signIn.signOut();
          if (out.ok) await acceptSignIn(client, out.value);
          return out;
        }, onClose)
      }
      onClose={onClose}
    />
  );
}
