import type { SignalSource } from './interrupts.ts';
import type { ProgressOutput } from './progress-printer.ts';

/** Everything that the command line has of the outside, so that tests can hold it in their hands. */
export interface Terminal {
  readonly stdout: ProgressOutput;
  readonly stderr: ProgressOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signals: SignalSource;
  readonly platform: NodeJS.Platform;
  /** Of the person who called; empty when the system knows of none. */
  readonly home: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends the process at once: for the one who presses Ctrl+C a third time. */
  readonly exit: (code: number) => never;
}
