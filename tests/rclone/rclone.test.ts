import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { seed } from '../support/seed.ts';

const INSIDE = fileURLToPath(new URL('./inside.ts', import.meta.url));
const FILES = 2_000;

const outcomeSchema = z.object({ code: z.number().nullable(), said: z.string() });
const reportSchema = z.object({
  files: z.number(),
  copied: outcomeSchema,
  checked: outcomeSchema,
  convoy: outcomeSchema,
  downloaded: outcomeSchema,
  tampered: outcomeSchema,
});

/** Why the test cannot run here; undefined when it can. */
function obstacle(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux: namespaces of its own';
  if (process.getuid?.() !== 0) return 'needs root: namespaces of its own and port 443';
  for (const [command, ...args] of [
    ['rclone', 'version'],
    ['unshare', '--mount', '--net', 'true'],
    ['ip', '-V'],
  ]) {
    try {
      execFileSync(command ?? '', args, { stdio: 'ignore' });
    } catch (error) {
      return `'${[command, ...args].join(' ')}' does not work here: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}

const reason = obstacle();

describe('rclone, a client that knows nothing of Convoy', () => {
  it.skipIf(reason !== undefined)(
    `copies ${FILES} files into the practice tenant and checks them, and checks Convoy's copy byte by byte${reason ? ` [skipped: ${reason}]` : ''}`,
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'convoy-rclone-'));
      try {
        const { stdout } = await promisify(execFile)(
          'unshare',
          [
            '--mount',
            '--net',
            '--propagation',
            'private',
            process.execPath,
            INSIDE,
            folder,
            String(FILES),
            seed,
          ],
          { maxBuffer: 64 * 1024 * 1024 },
        );
        const report = reportSchema.parse(JSON.parse(stdout));
        expect(report.files).toBe(FILES);
        expect(report.copied.code, report.copied.said).toBe(0);
        expect(report.checked.code, report.checked.said).toBe(0);
        expect(report.convoy.code, report.convoy.said).toBe(0);
        expect(report.downloaded.code, report.downloaded.said).toBe(0);
        expect(report.tampered.code, 'a file too many must be noticed').not.toBe(0);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    900_000,
  );
});
