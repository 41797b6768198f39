import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ensureBundle } from '../../build/bundles.ts';
import { chromiumArguments, findChromium, noChromium } from '../../build/chromium.ts';
import { project } from '../../build/project.ts';
import { openScreenHost } from '../../src-main/headless/screen-host/screen-host.ts';
import { createMachine, type Machine, type MachineOptions } from '../../src-main/machine.ts';
import { type PracticeTenant, startPracticeTenant } from '../../src-practice/tenant/server.ts';
import { must } from '../conformance/destination-steps.ts';

/** A real machine with its screen, a practice tenant, and a browser that shows both. */
export interface RealRig {
  readonly tenant: PracticeTenant;
  readonly browser: Browser;
  /** A machine of its own on which nobody is signed in, and its screen in a browser of its own; `fresh`: with its first screens. */
  open(options?: Partial<MachineOptions> & { readonly fresh?: boolean }): Promise<OpenMachine>;
  close(): Promise<void>;
}

export interface OpenMachine {
  readonly machine: Machine;
  readonly page: Page;
  readonly context: BrowserContext;
  /** What our page complained of. */
  readonly complaints: readonly string[];
}

export async function openRealRig(seed: string): Promise<RealRig> {
  const executablePath = findChromium(process.env);
  if (!executablePath) throw new Error(noChromium);
  const problem = await ensureBundle('renderer');
  if (problem !== undefined) throw new Error(`the screen cannot be built: ${problem}`);
  const folder = await mkdtemp(join(tmpdir(), 'convoy-desk-'));
  const tenant = await startPracticeTenant({ seed, deviceCodeSeconds: 1 });
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] });
  const ends: (() => Promise<unknown>)[] = [];
  let count = 0;
  return {
    tenant,
    browser,
    async open({ fresh = false, ...options } = {}) {
      count += 1;
      const machine = must(
        await createMachine({
          ...{ dataFolder: join(folder, `data-${count}`), cloud: tenant.cloud, signIn: undefined },
          ...{ now: Date.now, random: Math.random, version: '1.2.3', machineName: `PC-${count}` },
          onBug: (error) => {
            throw error;
          },
          ...options,
        }),
      );
      machine.start();
      if (!fresh) await createRouterClient(machine.console).machine.welcome();
      const host = await openScreenHost({
        router: machine.console,
        folder: project('out/renderer'),
        port: 0,
      });
      // The practice tenant signs its own certificate, which the machine knows and a browser does not.
      const context = await browser.newContext({ locale: 'en-GB', ignoreHTTPSErrors: true });
      context.setDefaultTimeout(120_000);
      ends.push(
        () => context.close(),
        () => host.close(),
        () => machine.close(),
      );
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
      });
      await page.goto(host.address());
      await page.locator('h1').first().waitFor({ state: 'attached' });
      return { machine, page, context, complaints };
    },
    async close() {
      for (const end of ends) await end();
      await browser.close();
      await tenant.close();
      await rm(folder, { recursive: true });
    },
  };
}
