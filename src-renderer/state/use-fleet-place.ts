import { useCallback, useEffect, useState } from 'react';
import type { FleetMachine, FleetState } from '../../src-shared/contract/fleet-admin.ts';
import { askPlain, type Failure } from './ask.ts';
import { useClient } from './connection.ts';

/** How often it is asked: somebody who has just joined is waiting for an answer. */
const REFRESH_MS = 1_500;

export interface FleetPlace {
  /** Null until the first answer. */
  readonly place: FleetState | null;
  /** Machines that joined this one, or want to. */
  readonly members: readonly FleetMachine[];
  readonly failure: Failure | null;
  /** Asks at once: after an order. */
  readonly refresh: () => Promise<void>;
}

/** The place of this machine in a fleet, kept fresh while a page shows it. */
export function useFleetPlace(): FleetPlace {
  const client = useClient();
  const [place, setPlace] = useState<FleetState | null>(null);
  const [members, setMembers] = useState<readonly FleetMachine[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    if (!client) return;
    const answer = await askPlain(async () => ({
      state: await client.fleet.state(),
      machines: await client.fleet.machines(),
    }));
    if (!answer.ok) return setFailure(answer.failure);
    setFailure(null);
    setPlace(answer.value.state);
    setMembers(answer.value.machines);
  }, [client]);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return { place, members, failure, refresh };
}
