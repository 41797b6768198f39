import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a rehearsal must have again when it goes on: the same ports, and the same share. */
const practiceStateSchema = z.object({
  /** Of the practice tenant. Addresses of unfinished uploads hold them. 0: it never ran. */
  httpPort: z.number().int().min(0).max(65_535),
  httpsPort: z.number().int().min(0).max(65_535),
  /** Times of the share's files are counted back from here; milliseconds since 1970. */
  shareMadeAt: z.number(),
});
export type PracticeState = z.infer<typeof practiceStateSchema>;

const fileIn = (folder: string): string => join(folder, 'practice.json');

/** The state of an earlier rehearsal in this folder: what makes it a practice folder. Undefined without one that can be understood. */
export function readPracticeState(folder: string): PracticeState | undefined {
  if (!existsSync(fileIn(folder))) return undefined;
  try {
    return practiceStateSchema.safeParse(JSON.parse(readFileSync(fileIn(folder), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function savePracticeState(folder: string, state: PracticeState): void {
  writeFileSync(fileIn(folder), `${JSON.stringify(state)}\n`);
}
