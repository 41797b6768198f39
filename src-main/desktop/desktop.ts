import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, Menu, session, type Tray } from 'electron';
import { type FolderDoor, openFolderDoor } from '../host/folder-door.ts';
import { openScreenFiles } from '../host/screen-files.ts';
import type { Machine } from '../machine.ts';
import { buildMachine, isWorking } from './build-machine.ts';
import { openDoor } from './door.ts';
import { denyPermissions } from './guard.ts';
import { keepAwake } from './keep-awake.ts';
import { SCREEN_ORIGIN } from './origin.ts';
import { askToClose, askToReopen, askToWait, tellFailure } from './questions.ts';
import { serveScreen } from './screen-protocol.ts';
import { showTray } from './tray.ts';
import { openWindow, preloadFile } from './window.ts';

export interface DesktopOptions {
  /** Folder of this bundle. */
  readonly mainFolder: string;
  readonly dataFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly devServer: string | undefined;
  /** A trial start: no window is shown, and it ends with success as soon as a page has reached the machine. */
  readonly smoke: boolean;
  readonly log: (line: string) => void;
}

/** The app with its window, from the moment Electron is ready. Work and window live apart: either may go without the other. */
export class Desktop {
  readonly #options: DesktopOptions;
  readonly #machine: Machine;
  /** Where commands with the same data folder come in. */
  readonly #folderDoor: FolderDoor;
  readonly #window: BrowserWindow;
  readonly #sleepAgain: () => void;
  #tray: Tray | undefined;
  #phase: 'open' | 'asking' | 'closing' | 'closed' = 'open';

  /** Builds everything. When the machine cannot be built it says why and ends the app. */
  static async open(options: DesktopOptions): Promise<Desktop | undefined> {
    const machine = await buildMachine(options.dataFolder, options.env, options.log);
    if (machine.ok) {
      const folderDoor = await openFolderDoor(options.dataFolder, machine.value.console);
      return new Desktop(options, machine.value, folderDoor);
    }
    options.log(`${machine.problem.code}: ${machine.problem.detail ?? ''}`);
    if (!options.smoke) tellFailure(machine.problem);
    app.exit(1);
    return undefined;
  }

  private constructor(options: DesktopOptions, machine: Machine, folderDoor: FolderDoor) {
    this.#options = options;
    this.#machine = machine;
    this.#folderDoor = folderDoor;
    const { mainFolder, devServer, log, smoke } = options;
    if (app.isPackaged) Menu.setApplicationMenu(null);
    denyPermissions(session.defaultSession);
    serveScreen(
      openScreenFiles(join(mainFolder, '..', 'renderer'), () => randomBytes(16).toString('base64')),
    );
    openDoor({
      router: machine.console,
      isOurs: (contents) => contents === this.#window.webContents,
      devServer,
      log,
      onOpened: () => smoke && app.quit(),
    });
    const windowFolder = join(options.dataFolder, 'window');
    mkdirSync(windowFolder, { recursive: true });
    this.#window = openWindow({
      url: `${devServer ?? SCREEN_ORIGIN}/`,
      preload: preloadFile(mainFolder),
      stateFile: join(windowFolder, 'window.json'),
      show: !smoke,
    });
    this.#watchWindow();
    machine.start();
    this.#sleepAgain = keepAwake(() => isWorking(machine));
    app.on('before-quit', (event) => {
      if (this.#phase === 'closed') return;
      event.preventDefault();
      void this.#wishToClose();
    });
  }

  /** Brings the window to the front: another start of the app, the tray. What the other start was told is not looked at (S17). */
  show(): void {
    this.#tray?.destroy();
    this.#tray = undefined;
    if (this.#window.isMinimized()) this.#window.restore();
    this.#window.show();
    this.#window.focus();
  }

  /** Whether it is the page that somebody is to sign in on right now. */
  isSignInPage(url: string): boolean {
    return this.#machine.signIn.view().attempt?.address === url;
  }

  #watchWindow(): void {
    const window = this.#window;
    window.on('close', (event) => {
      if (this.#phase === 'closed') return;
      event.preventDefault();
      void this.#wishToClose();
    });
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit' || this.#phase === 'closed') return;
      this.#options.log(`The window's process is gone: ${reason} (${exitCode})`);
      void this.#reopen(`${reason}, ${exitCode}`);
    });
    window.on('unresponsive', () => void this.#wakeUp());
  }

  async #wakeUp(): Promise<void> {
    if (await askToWait(this.#window)) return;
    this.#window.webContents.forcefullyCrashRenderer();
    this.#window.webContents.reload();
  }

  async #reopen(reason: string): Promise<void> {
    if (this.#options.smoke) app.exit(1);
    else if (await askToReopen(reason)) this.#window.webContents.reload();
    else await this.#close();
  }

  async #wishToClose(): Promise<void> {
    if (this.#phase !== 'open') return;
    if (isWorking(this.#machine) && !this.#options.smoke) {
      this.#phase = 'asking';
      const wish = await askToClose(this.#window);
      this.#phase = 'open';
      if (wish === 'cancel') return;
      if (wish === 'background') return this.#goToBackground();
    }
    await this.#close();
  }

  #goToBackground(): void {
    this.#window.hide();
    this.#tray ??= showTray(join(this.#options.mainFolder, '..', 'icons', 'tray.png'), {
      open: () => this.show(),
      quit: () => void this.#close(),
    });
  }

  /** Stops at a safe point, then ends the app. */
  async #close(): Promise<void> {
    if (this.#phase === 'closing' || this.#phase === 'closed') return;
    this.#phase = 'closing';
    this.#sleepAgain();
    try {
      await this.#folderDoor.close();
      await this.#machine.close();
    } finally {
      this.#phase = 'closed';
      app.quit();
    }
  }
}
