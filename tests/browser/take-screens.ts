import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../build/project.ts';
import { openRig } from './screen.ts';
import { shots } from './shots.ts';

/**
 * Takes a picture of every route and state of the screen, light and dark, into docs/screens; what lay there goes. With words as
 * arguments only those whose names have one of them in it, and the others stay.
 */
const WORDS = process.argv.slice(2);
const folder = project('docs/screens');
mkdirSync(folder, { recursive: true });
if (WORDS.length === 0)
  for (const file of readdirSync(folder)) if (file.endsWith('.png')) rmSync(join(folder, file));

const wanted = shots.filter(({ name }) => WORDS.length === 0 || WORDS.some((word) => name.includes(word)));
const rig = await openRig();
const empty = { ...rig.machine.world };
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name, hash, world, locale = 'en-GB', width = 1280, height = 800, go, sign } of wanted) {
      Object.assign(rig.machine.world, empty, world);
      const { page, complaints } = await rig.open(hash, {
        ...{ colorScheme, locale, viewport: { width, height } },
      });
      await go?.(page, rig.machine);
      await page.locator(sign).first().waitFor();
      // Skeletons and charts settle.
      await page.waitForTimeout(400);
      await page.screenshot({
        path: join(folder, `${name}-${colorScheme}.png`),
        animations: 'disabled',
        caret: 'hide',
      });
      if (complaints.length > 0) throw new Error(`${name}: ${complaints.join('\n')}`);
      await rig.closePages();
      console.log(`${name}-${colorScheme}.png`);
    }
  }
} finally {
  await rig.close();
}
