import type { Ring } from '../../../src-shared/contract/budget.ts';
import type { EventFacts } from '../../../src-shared/contract/event-facts.ts';
import type { FleetContract } from '../../../src-shared/contract/fleet.ts';
import type { FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import { failed, type Problem, type Result } from '../../../src-shared/model/problem.ts';
import type { DataFolder } from '../../store/data-folder.ts';
import type { FleetStore } from '../../store/fleet-store.ts';
import type { KeyKeeper } from '../../store/secrets.ts';
import type { SigningKey } from '../../store/signing-key.ts';
import type { ConsoleChannel } from '../wire/channel.ts';

/** What the place of a machine in a fleet is made of. */
export interface FleetDeskParts {
  readonly machine: string;
  readonly name: string;
  readonly store: FleetStore;
  readonly keys: KeyKeeper;
  readonly files: Pick<DataFolder, 'path' | 'memberKeyFile' | 'serverFile' | 'movingFolder'>;
  /** The key by which machines know this coordinator. */
  readonly signingKey: () => Promise<Result<SigningKey>>;
  /** The coordinator in this process. */
  readonly own: {
    readonly fleet: FleetContract;
    /** The connection of a machine broke. */
    gone(machine: string): void;
    /** Whether a run of its own is going on. */
    isWorking(): boolean;
    lastSeen(machine: string): number | null;
    /** Whether a report or a verification reads what it knows. */
    isReporting(): boolean;
    /** Lets it rest: everything is written down, and nothing is taken or changed until {@link goOn}. */
    rest(): Promise<void>;
    /** It goes on from what is in the store. */
    goOn(): Promise<void>;
  };
  /** Answers a machine of the fleet as a screen is answered. */
  readonly serveConsole: (channel: ConsoleChannel) => void;
  /** Lets the agent of this machine beat. */
  readonly onRing: (ring?: Ring) => void;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onBug: (error: unknown) => void;
}

/** Writes down what a person changed. */
export async function tell({ store, now }: FleetDeskParts, facts: EventFacts): Promise<void> {
  await store.addEvent({ at: now(), task: null, actor: 'you', facts, problem: null });
}

/** An order that is for a machine in another place. @param detail why it is none for this one */
export function otherRole({ name }: FleetDeskParts, detail: string): Result<never> {
  return failed('fleet-role', { where: name, detail });
}

/** As it crosses a door. */
export function plain(problem: Problem | undefined): NonNullable<FleetState['joined']>['problem'] {
  if (problem === undefined) return null;
  const { code, where, detail } = problem;
  return { code, ...(where === undefined ? {} : { where }), ...(detail === undefined ? {} : { detail }) };
}
