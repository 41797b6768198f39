import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What a process took. */
export interface Taken {
  readonly code: number | null;
  /** From its start to its end. */
  readonly seconds: number;
  /** Of all its threads, user and system, exact to a hundredth of a second. */
  readonly cpuSeconds: number;
  /** Its largest resident size (VmHWM), in bytes; what it grew in its last 25 ms is not seen. */
  readonly peakBytes: number;
  readonly stdout: string;
  readonly stderr: string;
}

const LOOK_MS = 25;
/** Linux counts processor time in hundredths of a second towards programs, on every machine. */
const TICKS = 100;

/** Runs a program to its end and measures it from outside. One at a time: processor time is read from what our ended children took together. */
export async function measured(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Taken> {
  const cpuBefore = cpuOfEndedChildren();
  const from = performance.now();
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = [gather(child.stdout), gather(child.stderr)];
  let peakBytes = 0;
  const look = (): void => {
    if (child.pid !== undefined) peakBytes = Math.max(peakBytes, peakOf(child.pid));
  };
  const looking = setInterval(look, LOOK_MS);
  let seconds = 0;
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', () => {
      seconds = (performance.now() - from) / 1_000;
    });
    child.on('close', resolve);
  });
  clearInterval(looking);
  return {
    ...{ code, seconds, peakBytes, stdout: stdout(), stderr: stderr() },
    cpuSeconds: cpuOfEndedChildren() - cpuBefore,
  };
}

function gather(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  return () => text;
}

/** 0 for a process that has just ended. */
function peakOf(pid: number): number {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1_024;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return 0;
    throw error;
  }
}

/** Fields 16 and 17 of /proc/self/stat (proc(5)); the second one, the name, is in brackets and may hold spaces. */
function cpuOfEndedChildren(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
