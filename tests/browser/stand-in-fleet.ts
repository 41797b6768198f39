import { implement } from '@orpc/server';
import { consoleContract } from '../../src-shared/contract/console.ts';
import type { FleetMachine, FleetState } from '../../src-shared/contract/fleet-admin.ts';
import type { MachineRow } from '../../src-shared/contract/machine-row.ts';
import { failed, ok, type Problem, type Result } from '../../src-shared/model/problem.ts';
import { NOW } from './fixture.ts';
import { alone, coordinating, joinedOne } from './fixture-machines.ts';

/** The fleet of the stand-in machine; tests change it while the page is open. */
export interface FleetWorld {
  place: FleetState;
  members: FleetMachine[];
  machines: MachineRow[];
  /** A refusal for the next order of `fleet`. */
  refuseFleet: Problem | null;
}

export const noFleetWorld = (): FleetWorld => ({
  place: alone,
  members: [],
  machines: [],
  refuseFleet: null,
});

interface Hands {
  readonly world: FleetWorld;
  readonly note: (what: string, input: unknown) => void;
  readonly each: <T>(make: () => T, signal: AbortSignal | undefined) => AsyncGenerator<T, void>;
  readonly tell: () => void;
}

/** Answers `fleet` and `machines` of the console contract from a world. */
export function fleetAnswers({ world, note, each, tell }: Hands) {
  const os = implement(consoleContract);
  const become = (place: FleetState): Result<FleetState> => {
    if (world.refuseFleet) return { ok: false, problem: world.refuseFleet };
    world.place = place;
    return ok(place);
  };
  const judge = (machine: string, state: FleetMachine['state']): Result<FleetMachine> => {
    world.members = world.members.map((one) => (one.machine === machine ? { ...one, state } : one));
    const judged = world.members.find((one) => one.machine === machine);
    return judged ? ok(judged) : failed('machine-unknown', { where: machine });
  };
  const change = (machine: string, part: Partial<MachineRow>): Result<MachineRow> => {
    world.machines = world.machines.map((row) => (row.machine === machine ? { ...row, ...part } : row));
    tell();
    const row = world.machines.find((one) => one.machine === machine);
    return row ? ok(row) : failed('not-found', { where: machine });
  };
  return {
    fleet: {
      state: os.fleet.state.handler(() => world.place),
      machines: os.fleet.machines.handler(() => world.members),
      promote: os.fleet.promote.handler(({ input }) => {
        note('promote', input);
        return become(coordinating);
      }),
      move: os.fleet.move.handler(({ input }) => {
        note('move', input);
        return become(joinedOne('connected'));
      }),
      demote: os.fleet.demote.handler(({ input }) => {
        note('demote', input);
        return become(alone);
      }),
      invite: os.fleet.invite.handler(({ input }) => {
        note('invite', input);
        const expiresAt = NOW + input.minutes * 60_000;
        return ok({
          invitation: `convoy-join:filesrv-02.contoso.com:7443/${'k7Qm2x'.repeat(12)}`,
          expiresAt,
        });
      }),
      accept: os.fleet.accept.handler(({ input }) => {
        note('accept', input);
        return judge(input.machine, 'member');
      }),
      revoke: os.fleet.revoke.handler(({ input }) => {
        note('revoke', input);
        return judge(input.machine, 'revoked');
      }),
      join: os.fleet.join.handler(({ input }) => {
        note('join', input);
        return become(joinedOne('pending'));
      }),
      leave: os.fleet.leave.handler(() => {
        note('leave', undefined);
        return become(alone);
      }),
      rekey: os.fleet.rekey.handler(() => ok(world.place)),
    },
    machines: {
      watch: os.machines.watch.handler(({ signal }) => each(() => world.machines, signal)),
      setRules: os.machines.setRules.handler(({ input }) => {
        note('setRules', input);
        return change(input.machine, { rules: input.rules });
      }),
      setBandwidth: os.machines.setBandwidth.handler(({ input }) => {
        note('setBandwidth', input);
        const changed = change(input.machine, { bandwidth: input.bandwidth });
        return changed.ok ? ok(input.bandwidth) : changed;
      }),
    },
  };
}
