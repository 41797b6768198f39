import type { FleetEvent } from '../../src-shared/contract/console-types.ts';
import type { OpenUpload, Scope } from '../../src-shared/contract/fleet.ts';
import type { HandedCounts } from '../../src-shared/contract/hand-over.ts';
import type { PaceRow } from '../../src-shared/model/pace.ts';
import type { MachineRules, TaskPlan } from '../../src-shared/model/plan.ts';
import type { Problem } from '../../src-shared/model/problem.ts';
import type { RunState } from '../../src-shared/model/run.ts';
import type { TaskSettings } from '../../src-shared/model/settings.ts';
import type { Run, Task } from '../../src-shared/model/task.ts';
import type { Usage } from '../../src-shared/model/usage.ts';

/** That a unit failed on a machine, and why. */
export interface UnitFailure {
  readonly machine: string;
  readonly problem: NonNullable<Run['problem']>;
}

/** A unit of a run and who holds it: a part of the task that is worked on under a lease (decision 21). */
export interface Unit {
  readonly id: string;
  readonly run: string;
  /** Of its folder below the task's source, '/' between segments; '' is the source itself. The rest of its scope is asked for. */
  readonly path: string;
  /** Rises with each grant; results of an older epoch are refused. 0: it was never granted. */
  readonly epoch: number;
  /** Rises when another machine begins it anew; results are numbered within a generation. */
  readonly generation: number;
  /** Offers up to this number are units of their own; they are numbered over all generations. */
  readonly offersTaken: number;
  /** Who has it, or had it last; null also when nobody's journal knows it any more. */
  readonly holder: string | null;
  /** By the steady clock of the process that wrote it, so of no worth to another one; null while nobody holds it. */
  readonly leaseUntil: number | null;
  readonly state: UnitState;
  readonly failures: readonly UnitFailure[];
  /** What its present grant has cost. */
  readonly usage: Usage;
}

/** `stopped` and `set-aside` are ends as `done` is; `set-aside` is one that failed wherever it was tried. */
export type UnitState = 'free' | 'held' | 'done' | 'stopped' | 'set-aside';

/** A unit that is made of an offer. */
export interface OfferedUnit {
  readonly unit: Unit;
  /** The number of the offer within the unit that gives it back. */
  readonly offer: number;
  readonly scope: Scope;
}

/** The units of a run, as far as a coordinator that starts has to know them. */
export interface RunUnits {
  readonly run: string;
  /** Those that were granted and have not ended. */
  readonly inWork: readonly Unit[];
  /** How many were never granted. */
  readonly fresh: number;
  /** How many have ended, and how. */
  readonly done: number;
  readonly stopped: number;
  readonly setAside: readonly { readonly path: string; readonly failures: readonly UnitFailure[] }[];
}

/** What is written together or not at all. */
export interface UnitChanges {
  readonly units?: readonly Unit[] | undefined;
  /** What is kept of a run beside its state, as text. */
  readonly facts?: { readonly run: string; readonly text: string } | undefined;
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

/** What a copy of another coordinator's database holds, and how many of its tasks are known here already. */
export interface LookedAt {
  readonly counts: HandedCounts;
  readonly known: number;
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

  /** With its first unit, the whole share. */
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

  /** All units of a run, oldest first; `after` is the id of the last of the page before. */
  units(
    run: string,
    page: { readonly after: string | undefined; readonly limit: number },
  ): Promise<readonly Unit[]>;
  /** In the order of the runs that are asked for; at most some hundred at a time. */
  runUnits(runs: readonly string[]): Promise<readonly RunUnits[]>;
  /** Units of a run that were never granted, oldest first. */
  freshUnits(run: string, limit: number, without: readonly string[]): Promise<readonly Unit[]>;
  unit(id: string): Promise<Unit | undefined>;
  /** Units that are there already, and what is kept of their run. */
  saveUnits(changes: UnitChanges): Promise<void>;
  /** Makes units of offers and writes their giver as it is then. An offer that was taken before is not taken again. */
  takeOffers(giver: Unit, offered: readonly OfferedUnit[]): Promise<void>;
  /** Null: the whole task. */
  scopeOf(unit: string): Promise<Scope | null>;
  /** What a unit has given back, in all of its generations: scopes below the task's source. */
  givenAway(unit: string): Promise<readonly Scope[]>;
  /** Keeps, sealed, what the holder of a unit has under way. */
  saveUploads(unit: string, uploads: readonly OpenUpload[]): Promise<void>;
  /** Nothing when they cannot be unsealed: a database from another machine. */
  uploads(unit: string): Promise<readonly OpenUpload[]>;
  /** What is kept of runs beside their state, as text; those without are left out. */
  runFacts(runs: readonly string[]): Promise<readonly { readonly run: string; readonly text: string }[]>;

  /** Of tasks for which something was decided. */
  plans(): Promise<readonly { readonly task: string; readonly plan: TaskPlan }[]>;
  savePlan(task: string, plan: TaskPlan): Promise<void>;
  /** Of machines for which something was decided. */
  machineRules(): Promise<readonly { readonly machine: string; readonly rules: MachineRules }[]>;
  saveMachineRules(machine: string, rules: MachineRules): Promise<void>;

  setting(key: string): Promise<string | undefined>;
  saveSetting(key: string, value: string): Promise<void>;

  addEvent(event: Omit<FleetEvent, 'id'>): Promise<void>;
  events(page: {
    readonly before?: number | undefined;
    readonly task?: string | undefined;
    readonly limit: number;
  }): Promise<readonly FleetEvent[]>;

  /** Rows of those tables of which none may be lost on the way to another machine. */
  handedCounts(): Promise<HandedCounts>;
  /** Forgets the fleet (tasks, runs, units, machines, what happened) but for its machines' keys, and keeps the settings, in one step. */
  handOver(settings: Readonly<Record<string, string>>): Promise<void>;
  /** What a copy of another coordinator's database holds; it is brought to the present schema. Rejects with store-newer, store-corrupt. */
  lookAtHandedOver(file: string): Promise<LookedAt>;
  /**
   * Takes the fleet of such a copy, with everything that is here already, in one step.
   * @param self this machine, which is no member of its own fleet @param former what the coordinator before is from now on
   */
  takeOver(
    file: string,
    self: string,
    former: MemberRecord,
    settings: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Writes a consistent copy to any place. */
  copyTo(file: string): Promise<void>;

  /** Writes a consistent copy beside the database while it is in use; the recovery ladder falls back to it. */
  backUp(): Promise<void>;
  /** Backs it up once more and closes it; closed it is in any case, also when the backup fails and this rejects. */
  close(): Promise<void>;
}
