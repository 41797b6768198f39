import { useState } from 'react';
import type { Result } from '../../src-shared/model/problem.ts';
import { ask, type Failure } from './ask.ts';
import { useClient } from './connection.ts';
import type { ConsoleClient } from './door.ts';

export interface Order {
  /** Gives the order and hands on its answer; a refusal is kept in {@link failure}, and nothing that was typed is lost. */
  readonly give: <T>(
    call: (client: ConsoleClient) => Promise<Result<T>>,
    done: (value: T) => unknown,
  ) => Promise<void>;
  readonly busy: boolean;
  /** No way to the machine, or an order under way. */
  readonly disabled: boolean;
  readonly failure: Failure | null;
}

/** One order at a time, with the reason when it is refused. */
export function useOrder(): Order {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const give: Order['give'] = async (call, done) => {
    if (!client) return;
    setBusy(true);
    const answer = await ask(() => call(client));
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) await done(answer.value);
    setBusy(false);
  };
  return { give, busy, disabled: busy || !client, failure };
}
