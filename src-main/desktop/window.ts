import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { keep, readKept, usableState, type WindowState } from './window-state.ts';

/** The rights of every page: none but those of a web page (S1). Written out, defaults and all, because they are the contract. */
const RIGHTS = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

export interface WindowOrder {
  /** The address of the screen. */
  readonly url: string;
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly stateFile: string;
  /** False for a trial start that nobody looks at. */
  readonly show: boolean;
}

/** Makes the window. There is no other place that makes one. */
export function openWindow({ url, preload, stateFile, show }: WindowOrder): BrowserWindow {
  const kept = usableState(
    readKept(stateFile),
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    width: 1280,
    height: 840,
    ...kept?.bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Convoy',
    autoHideMenuBar: true,
    webPreferences: { ...RIGHTS, devTools: !app.isPackaged, preload },
  });
  if (kept?.maximized && show) window.maximize();
  if (show) window.once('ready-to-show', () => window.show());
  window.on('close', () => keep(stateFile, stateOf(window)));
  void window.loadURL(url);
  return window;
}

function stateOf(window: BrowserWindow): WindowState {
  return { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
}

/** The preload script, beside the bundle of the main process. */
export function preloadFile(mainFolder: string): string {
  return join(mainFolder, '..', 'preload', 'preload.cjs');
}
