import { create } from 'zustand';
import type { ConsoleClient } from './door.ts';

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly client: ConsoleClient }
  | {
      readonly state: 'lost';
      /** When the machine was last known to be there; null if it never was. */
      readonly since: number | null;
      /** When the next try is due; null while one is under way. */
      readonly retryAt: number | null;
    };

interface ConnectionState {
  readonly connection: Connection;
  /** Cuts the waiting for the next try short; nothing while connected. */
  readonly retryNow: () => void;
}

export const useConnection = create<ConnectionState>(() => ({
  connection: { state: 'connecting' },
  retryNow: () => undefined,
}));

/** The way to the machine, or null while there is none. */
export function useClient(): ConsoleClient | null {
  return useConnection((s) => (s.connection.state === 'connected' ? s.connection.client : null));
}

/** True when what is on the screen may be old. */
export function useStale(): boolean {
  return useConnection((s) => s.connection.state === 'lost');
}
