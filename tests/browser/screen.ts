import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { z } from 'zod';
import { ensureBundle } from '../../build/bundles.ts';
import { chromiumArguments, findChromium, noChromium } from '../../build/chromium.ts';
import { project } from '../../build/project.ts';
import { NOW } from './fixture.ts';
import { openStandIn, type StandIn } from './stand-in.ts';

/** A built screen, a machine that is none, and a browser. */
export interface Rig {
  readonly machine: StandIn;
  /** Opens the screen at an address and waits until its heading is there; with options, as a browser of its own. */
  open(hash: string, options?: BrowserContextOptions): Promise<OpenScreen>;
  /** Closes what was opened, so that one test's page does not work on under the next. */
  closePages(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenScreen {
  readonly page: Page;
  /** What the page complained of: errors and warnings of its console, policy violations, exceptions. */
  readonly complaints: readonly string[];
}

export async function openRig(): Promise<Rig> {
  const executablePath = findChromium(process.env);
  if (!executablePath) throw new Error(noChromium);
  const problem = await ensureBundle('renderer');
  if (problem !== undefined) throw new Error(`the screen cannot be built: ${problem}`);
  const machine = await openStandIn(project('out/renderer'));
  const browser: Browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
  const contexts: BrowserContext[] = [];
  const pages: Page[] = [];
  const newContext = (options: BrowserContextOptions) =>
    browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
      ...options,
    });
  const ownContext = async (options: BrowserContextOptions) => {
    const context = await newContext(options);
    contexts.push(context);
    return context;
  };
  // Pages without wishes share one, and with it the browser's cache: they open in half the time.
  let sharedContext: Promise<BrowserContext> | undefined;
  const shared = () => {
    sharedContext ??= newContext({});
    return sharedContext;
  };
  const closePages = async () => {
    await Promise.all(pages.splice(0).map((page) => page.close()));
    await Promise.all(contexts.splice(0).map((context) => context.close()));
  };
  return {
    machine,
    async open(hash, options) {
      const page = await (options ? await ownContext(options) : await shared()).newPage();
      pages.push(page);
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
      });
      // The fixture's moment, so that clocks and countdowns say the same each day; time goes on from there.
      await page.clock.install({ time: NOW });
      await page.clock.resume();
      await page.goto(`${machine.origin}/${hash}`);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      return { page, complaints };
    },
    closePages,
    async close() {
      await closePages();
      await browser.close();
      await machine.close();
    },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const axeResult = z.object({
  violations: z.array(
    z.object({
      id: z.string(),
      help: z.string(),
      nodes: z.array(z.object({ target: z.array(z.unknown()) })),
    }),
  ),
});

/** What axe finds against WCAG 2.2 AA and good practice, one line for each place. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axeSource);
  const result = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  );
  return axeResult
    .parse(result)
    .violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`),
    );
}
