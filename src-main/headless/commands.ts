import type { ExitCode } from './exit-codes.ts';
import type {
  AgentOptions,
  DemoteOptions,
  FleetOptions,
  InviteOptions,
  JoinOptions,
  MoveOptions,
  OneMachineOptions,
  PromoteOptions,
  StatusOptions,
} from './fleet/fleet-options.ts';
import type {
  AssessOptions,
  CheckManifestOptions,
  CopyOptions,
  ImportOptions,
  PracticeOptions,
  ReportOptions,
  ServeOptions,
  VerifyOptions,
} from './options.ts';
import type { SignInOptions, SignOutOptions } from './signing/signing-options.ts';
import type { Terminal } from './terminal.ts';

type Run<T> = (options: T, terminal: Terminal) => Promise<ExitCode>;

/** The commands, so that a test can look at what the command line makes of its words. */
export interface Commands {
  readonly assess: Run<AssessOptions>;
  readonly copy: Run<CopyOptions>;
  readonly import: Run<ImportOptions>;
  readonly verify: Run<VerifyOptions>;
  readonly 'check-manifest': Run<CheckManifestOptions>;
  readonly report: Run<ReportOptions>;
  readonly 'sign-in': Run<SignInOptions>;
  readonly 'sign-out': Run<SignOutOptions>;
  readonly serve: Run<ServeOptions>;
  readonly practice: Run<PracticeOptions>;
  readonly agent: Run<AgentOptions>;
  readonly status: Run<StatusOptions>;
  readonly join: Run<JoinOptions>;
  readonly leave: Run<FleetOptions>;
  readonly rekey: Run<FleetOptions>;
  readonly promote: Run<PromoteOptions>;
  readonly move: Run<MoveOptions>;
  readonly demote: Run<DemoteOptions>;
  readonly invite: Run<InviteOptions>;
  readonly list: Run<FleetOptions>;
  readonly accept: Run<OneMachineOptions>;
  readonly revoke: Run<OneMachineOptions>;
}

/** All of them, each loaded when it is called: a copy needs neither the rehearsal's tenant nor the readers of lists. */
export const allCommands: Commands = {
  assess: async (...said) => (await import('./assess.ts')).assess(...said),
  copy: async (...said) => (await import('./copy.ts')).copy(...said),
  import: async (...said) => (await import('./import.ts')).importTasks(...said),
  verify: async (...said) => (await import('./verify.ts')).verify(...said),
  'check-manifest': async (...said) => (await import('./check-manifest.ts')).checkManifest(...said),
  report: async (...said) => (await import('./report.ts')).report(...said),
  'sign-in': async (...said) => (await import('./signing/sign-in-command.ts')).signIn(...said),
  'sign-out': async (...said) => (await import('./signing/sign-in-command.ts')).signOut(...said),
  serve: async (...said) => (await import('./serve.ts')).serve(...said),
  practice: async (...said) => (await import('./practice/practice.ts')).practice(...said),
  agent: async (...said) => (await import('./fleet/agent.ts')).agent(...said),
  status: async (...said) => (await import('./fleet/status.ts')).status(...said),
  join: async (...said) => (await import('./fleet/join.ts')).join(...said),
  leave: async (...said) => (await import('./fleet/join.ts')).leave(...said),
  rekey: async (...said) => (await import('./fleet/join.ts')).rekey(...said),
  promote: async (...said) => (await import('./fleet/coordinate.ts')).promote(...said),
  move: async (...said) => (await import('./fleet/coordinate.ts')).move(...said),
  demote: async (...said) => (await import('./fleet/coordinate.ts')).demote(...said),
  invite: async (...said) => (await import('./fleet/coordinate.ts')).invite(...said),
  list: async (...said) => (await import('./fleet/coordinate.ts')).list(...said),
  accept: async (...said) => (await import('./fleet/coordinate.ts')).accept(...said),
  revoke: async (...said) => (await import('./fleet/coordinate.ts')).revoke(...said),
};
