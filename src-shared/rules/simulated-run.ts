import { addStep, noStints, type Stints } from './stints.ts';

/** For tests: a run whose true end is known, because it is made up. */
export interface Simulated {
  /** Bytes of the files, in the order in which they are copied. */
  readonly sizes: readonly number[];
  /** Seconds that a file and a byte really cost. */
  readonly perFile: number;
  readonly perByte: number;
  /** Relative noise of a second (as a logarithm), and of minutes: a line that is slower for a while. */
  readonly noise: number;
  readonly drift: number;
  /** Stands still for so many of every hundred seconds, held up by others. */
  readonly heldUp?: number;
}

export interface Moment {
  readonly seconds: number;
  readonly stints: Stints;
  readonly rest: { readonly files: number; readonly bytes: number };
}

/** Plays a run second by second. @returns what was known at each, the last being the end */
export function simulate(run: Simulated, random: () => number): Moment[] {
  const moments: Moment[] = [];
  let stints = noStints;
  let rest = { files: run.sizes.length, bytes: run.sizes.reduce((sum, size) => sum + size, 0) };
  let slow = 0;
  let next = 0;
  /** Of the file that is being copied: work left for the file itself, and bytes left. */
  let file = run.perFile;
  let bytes = run.sizes[0] ?? 0;
  for (let second = 1; next < run.sizes.length; second += 1) {
    slow = 0.99 * slow + normal(random) * run.drift * Math.sqrt(1 - 0.99 ** 2);
    const held = second % 100 < (run.heldUp ?? 0);
    let time = held ? 0 : Math.exp(slow + normal(random) * run.noise);
    const done = { files: 0, bytes: 0 };
    while (time > 0 && next < run.sizes.length) {
      const forFile = Math.min(time, file);
      file -= forFile;
      time -= forFile;
      const sent = Math.min(bytes, Math.ceil(time / run.perByte));
      bytes -= sent;
      done.bytes += sent;
      time -= sent * run.perByte;
      if (file > 0 || bytes > 0) continue;
      done.files += 1;
      next += 1;
      file = run.perFile;
      bytes = run.sizes[next] ?? 0;
    }
    rest = { files: rest.files - done.files, bytes: rest.bytes - done.bytes };
    stints = addStep(stints, { ms: 1_000, ...done, heldUp: held ? 1_000 : 0 });
    moments.push({ seconds: second, stints, rest });
  }
  return moments;
}

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
