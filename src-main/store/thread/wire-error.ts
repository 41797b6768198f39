import { type Problem, ProblemError } from '../../../src-shared/model/problem.ts';

/** An error as plain data. Threads clone errors only in part (neither class nor own fields survive), so this does it. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** errno or SQLite's code, where the error had one. */
  readonly code: string | undefined;
  readonly problem: Problem | undefined;
  readonly cause: WireError | undefined;
}

export function toWire(error: unknown): WireError {
  if (!(error instanceof Error)) {
    const message = String(error);
    return {
      name: 'Error',
      message,
      stack: undefined,
      code: undefined,
      problem: undefined,
      cause: undefined,
    };
  }
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    code: codeOf(error),
    problem: error instanceof ProblemError ? error.problem : undefined,
    cause: error.cause === undefined ? undefined : toWire(error.cause),
  };
}

/** The error again, with its class where it was a {@link ProblemError}, its own stack, code and causes. */
export function fromWire(wire: WireError): Error {
  const options = wire.cause === undefined ? {} : { cause: fromWire(wire.cause) };
  const error = wire.problem ? new ProblemError(wire.problem, options) : new Error(wire.message, options);
  error.name = wire.name;
  if (wire.stack !== undefined) error.stack = wire.stack;
  return wire.code === undefined ? error : Object.assign(error, { code: wire.code });
}

/** The `code` of an error of Node or SQLite (`ENOSPC`, `SQLITE_FULL`), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
