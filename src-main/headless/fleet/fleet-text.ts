import { lookUp } from '../../../src-shared/catalogue/catalogue.ts';
import type { Overview, TaskRow } from '../../../src-shared/contract/console-types.ts';
import type { FleetMachine, FleetState } from '../../../src-shared/contract/fleet-admin.ts';
import type { SignInView } from '../../../src-shared/contract/sign-in.ts';
import { visible } from '../../report/hostile-text.ts';
import { progressText } from '../progress-text.ts';
import { signedInText } from '../signing/signing-text.ts';

/** Why something of the fleet is not as it should be, in the words of the catalogue. */
function because(problem: NonNullable<FleetState['joined']>['problem']): string {
  if (problem === null) return '';
  const { title } = lookUp(problem.code);
  return problem.where === undefined ? `: ${title}` : `: ${title} (${visible(problem.where)})`;
}

/** What a machine is in a fleet. One line or two. */
export function stateText({ name, role, listener, joined }: FleetState): string {
  const who = `Machine:     ${visible(name)}`;
  if (listener !== null) {
    const where = `${listener.host ?? 'all interfaces'}, port ${listener.port}`;
    const how = listener.listening ? `listening on ${where}` : `not listening (${where})`;
    return `${who}, coordinator of a fleet; ${how}${because(listener.problem)}\n`;
  }
  if (joined !== null) {
    const how = {
      connecting: 'not connected',
      pending: 'waiting for a yes there',
      connected: 'connected',
      refused: 'refused',
    }[joined.state];
    const words = joined.state === 'pending' ? `Words:       ${joined.words}\n` : '';
    return `${who}, works for ${visible(joined.coordinator)}; ${how}${because(joined.problem)}\n${words}`;
  }
  return `${who}, ${role}\n`;
}

/** The machines of a fleet, a line each, those that wait for a yes first. */
export function machinesText(machines: readonly FleetMachine[], now: number): string {
  const rank = { pending: 0, member: 1, revoked: 2 };
  const rows = [...machines].sort((a, b) => rank[a.state] - rank[b.state]);
  const width = Math.max(0, ...rows.map(({ name }) => visible(name).length));
  return rows
    .map(({ name, machine, state, connected, words, lastSeen }) => {
      const seen = lastSeen === null ? 'never at work' : `last at work ${ago(now - lastSeen)}`;
      const how =
        state === 'pending'
          ? `waits for a yes; its words: ${words}`
          : state === 'revoked'
            ? 'sent away'
            : connected
              ? 'connected'
              : `away, ${seen}`;
      return `  ${visible(name).padEnd(width)}  ${machine}  ${how}\n`;
    })
    .join('');
}

/** All that `convoy status` says to people. */
export function statusText(status: {
  readonly state: FleetState;
  readonly signIn: SignInView;
  readonly machines: readonly FleetMachine[];
  readonly running: boolean;
  readonly overview: Overview | null;
  readonly tasks: readonly TaskRow[];
  readonly now: number;
}): string {
  const { state, signIn, machines, running, overview, tasks, now } = status;
  const lines = [stateText(state)];
  if (!running) lines.push('             Convoy is not at work with this data folder.\n');
  lines.push(`Signed in:   ${signedInText(signIn)}\n`);
  if (machines.length > 0) lines.push('Machines:\n', machinesText(machines, now));
  if (overview !== null) {
    const agents = overview.agents.map(({ name, state: how }) => `${visible(name)} ${how}`);
    if (agents.length > 0) lines.push(`At work:     ${agents.join(', ')}\n`);
    if (tasks.length === 0) lines.push('Tasks:       none\n');
  }
  for (const row of tasks) lines.push(`  ${visible(row.task.name)}: ${progressText(row, now)}\n`);
  return lines.join('');
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 120) return `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours ago` : `${Math.floor(hours / 24)} days ago`;
}
