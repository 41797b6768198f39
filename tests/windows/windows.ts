import { existsSync, readFileSync } from 'node:fs';

/** A folder in which tests may do as they like. */
export interface Place {
  /** As a path of Windows, without a backslash at its end. */
  readonly root: string;
  /** The same folder as a path that may be written to fast, past what is being tried. */
  readonly behind: string;
}

/** A Windows, real or Wine, on which node.exe runs a bundled script. */
export interface Windows {
  readonly drive: Place;
  /** Undefined where there is none. */
  readonly share: Place | undefined;
  /** Where bundles go, so that they find the packages for Windows. */
  readonly programs: string;
  /**
   * Runs a script; its first argument is a file for its results. One that hangs is ended.
   * @returns what it printed, its exit code (or how it was ended) and the results
   */
  run(
    script: string,
    args: readonly string[],
  ): Promise<{ code: number | string; said: string; results: string | undefined }>;
  /** Ends every process of it and removes what it had. */
  end(): Promise<void>;
}

export function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
