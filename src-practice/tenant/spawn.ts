import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { controlClient } from './control-client.ts';
import { type PracticeControl, type TenantFacts, tenantFactsSchema } from './control-contract.ts';
import type { PracticeOptions } from './options.ts';

const readyLineSchema = tenantFactsSchema.extend({ ready: z.literal(true), pid: z.number() });

/** A practice tenant in a process of its own. */
export interface SpawnedTenant extends TenantFacts {
  readonly pid: number;
  readonly control: PracticeControl;
  /** Ends it and waits until it is gone. */
  readonly close: () => Promise<void>;
  /** Resolves when the process is gone, whoever ended it. */
  readonly gone: Promise<void>;
}

/** Starts a practice tenant as a child process. Rejects with what it said when it does not come up. */
export async function spawnPracticeTenant(options: PracticeOptions = {}): Promise<SpawnedTenant> {
  const entry = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = spawn(process.execPath, [entry, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints.push(text);
    if (complaints.length > 50) complaints.shift();
  });
  // A process that ended by itself can no longer be told to end: `gone` says so, this only keeps the reason.
  child.stdin.on('error', (error) => complaints.push(`${error.message}\n`));
  const gone = once(child, 'exit').then(() => undefined);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => z.string().parse(line)),
    gone.then(() => undefined),
  ]);
  if (first === undefined) throw new Error(`the practice tenant did not start: ${complaints.join('')}`);
  const { ready: _ready, ...facts } = readyLineSchema.parse(JSON.parse(first));
  return {
    ...facts,
    control: controlClient(`http://127.0.0.1:${facts.httpPort}`),
    gone,
    close: async () => {
      child.stdin.end();
      await gone;
    },
  };
}
