import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a rehearsal must have again when it goes on: the same ports, and the same share. */
const practiceStateSchema = z.object({
  /** Of the practice tenant. Addresses of unfinished uploads hold them. */
  httpPort: z.number().int().min(0).max(65_535),
  httpsPort: z.number().int().min(0).max(65_535),
  /** Times of the share's files are counted back from here; milliseconds since 1970. */
  shareMadeAt: z.number(),
});
export type PracticeState = z.infer<typeof practiceStateSchema>;

const fileIn = (folder: string): string => join(folder, 'practice.json');

/** The state of an earlier rehearsal in this folder, or a new one; a file that cannot be understood begins anew. */
export function loadPracticeState(folder: string, now: number): PracticeState {
  const fresh = { httpPort: 0, httpsPort: 0, shareMadeAt: now };
  if (!existsSync(fileIn(folder))) return fresh;
  try {
    const parsed = practiceStateSchema.safeParse(JSON.parse(readFileSync(fileIn(folder), 'utf8')));
    return parsed.success ? parsed.data : fresh;
  } catch (error) {
    if (error instanceof SyntaxError) return fresh;
    throw error;
  }
}

export function savePracticeState(folder: string, state: PracticeState): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileIn(folder), `${JSON.stringify(state)}\n`);
}
