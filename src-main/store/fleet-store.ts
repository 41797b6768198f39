import type { FleetEvent } from '../../src-shared/contract/console-types.ts';
import type { PaceRow } from '../../src-shared/model/pace.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { RunState } from '../../src-shared/model/run.ts';
import type { TaskSettings } from '../../src-shared/model/settings.ts';
import type { Run, Task } from '../../src-shared/model/task.ts';

/** A unit of a run and who holds it. One a run until shares are split. */
export interface Unit {
  readonly id: string;
  readonly run: string;
  /** Rises with each grant to another agent; results of an older epoch are refused. */
  readonly epoch: number;
  readonly holder: string | null;
  /** Milliseconds since 1970; null while nobody holds it. */
  readonly leaseUntil: number | null;
  readonly state: 'free' | 'held' | 'done';
}

/** A task as it is kept: put away or not. */
export interface KeptTask extends Task {
  /** Milliseconds since 1970; null while it is not put away. */
  readonly archivedAt: number | null;
}

/** Which tasks: those that are not put away, those that are, or all. */
export type TaskShelf = 'present' | 'archived' | 'all';

export interface MachineRecord {
  readonly id: string;
  readonly name: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** A machine that joined, or wants to, and the key that it signs in with. */
export interface MemberRecord {
  readonly machine: string;
  readonly name: string;
  /** Ed25519, SPKI in DER, base64. */
  readonly key: string;
  /** `pending`: nobody has said yes to it. */
  readonly state: 'pending' | 'member' | 'revoked';
  /** Milliseconds since 1970. */
  readonly pairedAt: number;
}

export interface InvitationRecord {
  readonly id: string;
  /** Sealed. */
  readonly secret: Uint8Array;
  readonly expiresAt: number;
  /** Whoever comes with it needs no further yes. */
  readonly accepts: boolean;
  /** The key of the machine that used it; null while it is good. */
  readonly usedKey: string | null;
}

/**
 * The coordinator's state (`fleet.db`): all of it, so that a restart loses nothing. One writer thread; a promise
 * resolves when its effect is committed.
 */
export interface FleetStore {
  machines(): Promise<readonly MachineRecord[]>;
  saveMachine(machine: MachineRecord): Promise<void>;

  members(): Promise<readonly MemberRecord[]>;
  saveMember(member: MemberRecord): Promise<void>;
  removeMember(machine: string): Promise<void>;
  /** Forgets those that are long over. */
  addInvitation(invitation: Omit<InvitationRecord, 'usedKey'>, now: number): Promise<void>;
  invitation(id: string): Promise<InvitationRecord | undefined>;
  /** Uses an invitation up and keeps who came with it, in one step. False: it was used already, and nothing is kept. */
  spendInvitation(id: string, member: MemberRecord): Promise<boolean>;
  /** None is good any more. */
  clearInvitations(): Promise<void>;

  addTask(task: Task): Promise<void>;
  task(id: string): Promise<KeptTask | undefined>;
  /** Newest first; `before` is the id of the last task of the page before. */
  tasks(page: {
    readonly before?: string | undefined;
    readonly limit: number;
    readonly shelf: TaskShelf;
  }): Promise<readonly KeptTask[]>;
  /** Puts a task away, or brings it back with null. */
  setArchived(task: string, at: number | null): Promise<void>;

  /** Its settings from now on. */
  setSettings(task: string, settings: TaskSettings): Promise<void>;

  addRun(run: Run, unit: Unit): Promise<void>;
  run(id: string): Promise<Run | undefined>;
  /** Of one task, newest first. */
  runs(task: string): Promise<readonly Run[]>;
  lastRuns(tasks: readonly string[]): Promise<readonly Run[]>;
  setRunState(run: string, state: RunState, facts: { endedAt?: number; problem?: Problem }): Promise<void>;

  /** Adds what a run did in a stretch of time; what is older than a day is kept more coarsely. */
  addPace(run: string, row: PaceRow): Promise<void>;
  /** Oldest first. */
  pace(run: string): Promise<readonly PaceRow[]>;

  units(run: string): Promise<readonly Unit[]>;
  saveUnit(unit: Unit): Promise<void>;

  setting(key: string): Promise<string | undefined>;
  saveSetting(key: string, value: string): Promise<void>;

  addEvent(event: Omit<FleetEvent, 'id'>): Promise<void>;
  events(page: {
    readonly before?: number | undefined;
    readonly task?: string | undefined;
    readonly limit: number;
  }): Promise<readonly FleetEvent[]>;

  /** Writes a consistent copy beside the database while it is in use; the recovery ladder falls back to it. */
  backUp(): Promise<void>;
  /** Backs it up once more and closes it; closed it is in any case, also when the backup fails and this rejects. */
  close(): Promise<void>;
}
