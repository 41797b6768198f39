import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(600).max(20_000),
  height: z.number().int().min(400).max(20_000),
});
export type Rectangle = z.infer<typeof rectangleSchema>;

const windowStateSchema = z.object({ bounds: rectangleSchema, maximized: z.boolean() });
/** Where the window was when it was closed; in device-independent pixels. */
export type WindowState = z.infer<typeof windowStateSchema>;

/** How much of the window must be seen on some screen to be grasped with the mouse. */
const GRASP = 64;

/**
 * The kept state, when it still makes sense: a window that was on a screen which is gone is not to be opened out of
 * sight. Undefined otherwise.
 * @param displays work areas of the screens that there are now
 */
export function usableState(kept: unknown, displays: readonly Rectangle[]): WindowState | undefined {
  const state = windowStateSchema.safeParse(kept);
  if (!state.success) return undefined;
  const { x, y, width } = state.data.bounds;
  const graspable = displays.some(
    (display) =>
      x + width >= display.x + GRASP &&
      x <= display.x + display.width - GRASP &&
      y >= display.y &&
      y <= display.y + display.height - GRASP,
  );
  return graspable ? state.data : undefined;
}

/** What is kept in the file; undefined when there is none or it is no JSON. */
export function readKept(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (missing || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Keeps the state; the file is whole at any time. */
export function keep(file: string, state: WindowState): void {
  writeFileSync(`${file}.part`, JSON.stringify(state));
  renameSync(`${file}.part`, file);
}
