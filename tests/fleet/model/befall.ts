import type { AgentMachine } from './agent-machine.ts';
import type { CoordinatorMachine } from './coordinator-machine.ts';
import { fair } from './line.ts';
import type { People } from './people.ts';
import type { Fault } from './plan.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

/** All that a fault can meet. */
export interface Stage {
  readonly world: World;
  readonly machines: readonly AgentMachine[];
  readonly coordinator: CoordinatorMachine;
  readonly people: People;
  readonly watch: Watch;
}

/** Lets a fault happen when its time has come, and end. */
export function prepare(stage: Stage, fault: Fault): void {
  const { world } = stage;
  if (fault.what === 'power cut') {
    const machine = machineOf(stage, fault.machine);
    world.after(Math.max(0, fault.at - fault.lostMs), () => machine.keepDisk());
  }
  world.after(fault.at, () => {
    world.say('fault', () => JSON.stringify(fault));
    const end = befall(stage, fault);
    if (end === undefined) return;
    world.after(lengthOf(fault), end);
    // It comes back when its work is another's: nothing is harder for whoever keeps the two apart.
    if ('afterReplaced' in fault && fault.afterReplaced !== undefined) {
      const { machine, afterReplaced } = fault;
      stage.watch.whenReplaced(machineOf(stage, machine).name, () => world.after(afterReplaced, end));
    }
  });
}

/** How long it lasts. */
export function lengthOf(fault: Fault): number {
  if ('forMs' in fault) return fault.forMs;
  return 'backAfter' in fault ? fault.backAfter : 0;
}

/** @returns what ends it, where something does */
function befall(stage: Stage, fault: Fault): (() => void) | undefined {
  if (fault.what === 'order') void stage.people.order(fault.order);
  else if (fault.what === 'clock set' || fault.what === 'clock drifts') befallClock(stage, fault);
  else if ('machine' in fault) return befallAgent(stage, fault, machineOf(stage, fault.machine));
  else return befallCoordinator(stage, fault);
  return undefined;
}

type Of<What extends Fault['what']> = Extract<Fault, { readonly what: What }>;

function befallClock(stage: Stage, fault: Of<'clock set' | 'clock drifts'>): void {
  const { clock, program } =
    fault.machine === 'coordinator' ? stage.coordinator : machineOf(stage, fault.machine);
  if (fault.what === 'clock drifts') clock.run(fault.rate);
  // Nobody would know that a machine slept whose clock was set back meanwhile.
  else if (fault.byMs > 0 || program?.asleep !== true) clock.set(fault.byMs);
}

type AgentFault = Of<
  | 'agent killed'
  | 'agent killed at a call'
  | 'power cut'
  | 'machine gone for good'
  | 'machine sleeps'
  | 'line cut'
  | 'bad weather'
>;

function befallAgent(
  { world, machines, watch }: Stage,
  fault: AgentFault,
  machine: AgentMachine,
): (() => void) | undefined {
  const start = (): void => machine.start();
  switch (fault.what) {
    case 'agent killed':
      machine.kill();
      return start;
    case 'agent killed at a call':
      machine.killAtCall(fault, () => world.after(fault.backAfter, start));
      return undefined;
    case 'power cut':
      machine.cutPower();
      watch.powerWasCut = true;
      return start;
    case 'machine gone for good':
      // One stays, or nobody could do the work.
      if (machines.filter(({ gone }) => !gone).length > 1) machine.lose();
      return undefined;
    case 'machine sleeps':
      machine.program?.stop();
      return () => machine.program?.goOn();
    case 'line cut':
      for (const way of fault.ways) machine.line.cut[way] = true;
      return () => {
        for (const way of fault.ways) machine.line.cut[way] = false;
      };
    case 'bad weather':
      machine.line.weather = fault.weather;
      return () => {
        machine.line.weather = fair;
      };
  }
}

function befallCoordinator(
  { world, coordinator }: Stage,
  fault: Of<'coordinator killed' | 'coordinator killed at a call' | 'coordinator sleeps'>,
): (() => void) | undefined {
  const start = (): void => coordinator.start();
  switch (fault.what) {
    case 'coordinator killed':
      coordinator.kill();
      return start;
    case 'coordinator killed at a call':
      coordinator.killAtCall(fault, () => world.after(fault.backAfter, start));
      return undefined;
    case 'coordinator sleeps':
      coordinator.program?.stop();
      return () => coordinator.program?.goOn();
  }
}

function machineOf({ machines }: Stage, no: number): AgentMachine {
  const machine = machines[no];
  if (machine === undefined) throw new Error(`no machine ${no}`);
  return machine;
}
