import { useCallback } from 'react';
import { go } from '../app/use-route.ts';
import { askPlain } from './ask.ts';
import { useClient } from './connection.ts';
import { beginSignIn } from './sign-in.ts';

/**
 * Signs the same person in again, in one click: the page of Microsoft opens, and ours shows how far it is and what went wrong. Null
 * while there is no way to the machine.
 */
export function useSignInAgain(): (() => Promise<void>) | null {
  const client = useClient();
  const again = useCallback(async () => {
    if (client === null) return;
    go({ page: 'sign-in' });
    // How it ends is kept by the machine as the last attempt, and our page shows that.
    await askPlain(() => beginSignIn(client, { how: 'browser' }));
  }, [client]);
  return client === null ? null : again;
}
