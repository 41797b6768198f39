import '../host/lean-memory.ts';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { defaultDataFolder } from '../host/data-folder.ts';
import { Desktop } from './desktop.ts';
import { guardPages } from './guard.ts';
import { devServerOf } from './origin.ts';
import { announceScheme } from './screen-protocol.ts';

/** How long a trial start may take before it has failed. */
const SMOKE_MS = 60_000;

const { env } = process;
const home = { platform: process.platform, env, home: homedir() };
const dataFolder = env['CONVOY_DATA'] || join(defaultDataFolder(home), 'desktop');
const devServer = devServerOf(env, app.isPackaged);
const smoke = process.argv.includes('--smoke');
const log = (line: string): void => console.error(line);

// All of this has to happen before the app is ready; the lock is one for each data folder.
app.setPath('userData', join(dataFolder, 'browser'));
app.enableSandbox();
announceScheme();
let desktop: Desktop | undefined;
guardPages(devServer, (url) => desktop?.isSignInPage(url) === true);

if (
  app.isPackaged &&
  ['remote-debugging-port', 'remote-debugging-pipe'].some((s) => app.commandLine.hasSwitch(s))
) {
  // Whoever can start us could otherwise steer us (S12).
  log('A packaged Convoy cannot be debugged from outside.');
  app.exit(2);
} else if (!app.requestSingleInstanceLock()) {
  log('Convoy is open already.');
  app.exit(smoke ? 1 : 0);
} else {
  if (smoke) setTimeout(() => app.exit(1), SMOKE_MS).unref();
  app.on('second-instance', () => desktop?.show());
  app.on('window-all-closed', () => app.quit());
  app.whenReady().then(
    async () => {
      const mainFolder = fileURLToPath(new URL('.', import.meta.url));
      desktop = await Desktop.open({ mainFolder, dataFolder, env, devServer, smoke, log });
    },
    (error: unknown) => {
      log(String(error));
      app.exit(1);
    },
  );
}
