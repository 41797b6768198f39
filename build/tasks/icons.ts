import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { chromiumArguments, findChromium, noChromium } from '../chromium.ts';
import { packIco } from '../ico.ts';
import { project } from '../project.ts';

/** `node build/run.mjs icons`: draws resources/*.svg as the pictures that Windows and the tray want. The results are committed. */
const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];

const executablePath = findChromium();
if (executablePath === undefined) throw new Error(noChromium);
const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });

async function draw(svg: string, size: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const picture = `data:image/svg+xml;base64,${readFileSync(project('resources', svg)).toString('base64')}`;
  await page.setContent(
    `<style>*{margin:0}img{display:block;width:${size}px;height:${size}px}</style><img src="${picture}">`,
  );
  const png = await page.screenshot({ omitBackground: true });
  await page.close();
  return png;
}

const pictures = [];
// Below 32 pixels the large drawing turns to mud; the one of the tray has bolder strokes.
for (const size of ICO_SIZES)
  pictures.push({ size, png: await draw(size < 32 ? 'tray.svg' : 'icon.svg', size) });
writeFileSync(project('resources/icon.ico'), packIco(pictures));
writeFileSync(project('resources/icon.png'), await draw('icon.svg', 512));
writeFileSync(project('resources/tray.png'), await draw('tray.svg', 16));
writeFileSync(project('resources/tray@2x.png'), await draw('tray.svg', 32));
await browser.close();
