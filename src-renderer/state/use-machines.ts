import { useEffect, useState } from 'react';
import type { MachineRow } from '../../src-shared/contract/machine-row.ts';
import { useClient } from './connection.ts';

const AGAIN_MS = 2_000;
/** Speeds that are held of each machine, one a second. */
const HELD = 60;

interface Machines {
  /** Null until the first answer; kept when the connection is lost. */
  readonly rows: readonly MachineRow[] | null;
  /** Bytes a second of each machine since the page was opened, oldest first. */
  readonly speeds: ReadonlyMap<string, readonly number[]>;
  readonly error: string | null;
  /** Takes the answer to an order before the watch brings it. */
  readonly accept: (row: MachineRow) => void;
}

/** Adds what each machine sends now to what is held of it; whoever is gone is forgotten. */
export function heldSpeeds(
  held: ReadonlyMap<string, readonly number[]>,
  rows: readonly MachineRow[],
): ReadonlyMap<string, readonly number[]> {
  return new Map(
    rows.map(({ machine, sample }) => [
      machine,
      [...(held.get(machine) ?? []), sample.bytesPerSecond].slice(-HELD),
    ]),
  );
}

/** Follows the machines of the fleet for as long as their page is open, over lost and new connections. */
export function useMachines(): Machines {
  const client = useClient();
  const [rows, setRows] = useState<readonly MachineRow[] | null>(null);
  const [speeds, setSpeeds] = useState<Machines['speeds']>(new Map());
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    if (!client) return;
    const abort = new AbortController();
    const follow = async () => {
      while (!abort.signal.aborted) {
        try {
          for await (const next of await client.machines.watch(undefined, { signal: abort.signal })) {
            setRows(next);
            setSpeeds((held) => heldSpeeds(held, next));
            setError(null);
          }
        } catch (problem) {
          if (abort.signal.aborted) return;
          setError(problem instanceof Error ? problem.message : String(problem));
        }
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    };
    void follow();
    return () => abort.abort();
  }, [client]);
  const accept = (row: MachineRow) =>
    setRows((held) => held?.map((old) => (old.machine === row.machine ? row : old)) ?? null);
  return { rows, speeds, error, accept };
}
