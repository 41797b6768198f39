import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Recorded, stage } from './stage.ts';

/**
 * A stand-in for the module `electron`: it does nothing but remember what it was asked and emit what a test tells it
 * to. What Electron itself makes of all that (sandbox, fuses, tray, safeStorage) is not proved by it.
 */
type Handler = (...given: unknown[]) => unknown;

class Page extends EventEmitter {
  readonly mainFrame = {
    url: 'app://convoy/',
    postMessage: (channel: string, _message: unknown, ports: PortMain[]) =>
      stage.posted.push({ channel, ports }),
  };
  windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.windowOpenHandler = handler;
  }
  reload(): void {
    stage.did('reload');
  }
  forcefullyCrashRenderer(): void {
    stage.did('crash');
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new Page();
  constructor(options: Recorded) {
    super();
    stage.windows.push({ window: this, options });
    app.emit('web-contents-created', {}, this.webContents);
  }
  loadURL(url: string): Promise<void> {
    stage.did('loadURL', url);
    return Promise.resolve();
  }
  getNormalBounds() {
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
  isMaximized(): boolean {
    return false;
  }
  isMinimized(): boolean {
    return true;
  }
  maximize(): void {
    stage.did('maximize');
  }
  restore(): void {
    stage.did('restore');
  }
  show(): void {
    stage.did('show');
  }
  hide(): void {
    stage.did('hide');
  }
  focus(): void {
    stage.did('focus');
  }
}

class App extends EventEmitter {
  isPackaged = stage.packaged;
  readonly commandLine = { hasSwitch: (name: string) => stage.switches.has(name) };
  enableSandbox(): void {
    stage.did('enableSandbox');
  }
  setPath(name: string, path: string): void {
    stage.did('setPath', name, path);
  }
  requestSingleInstanceLock(): boolean {
    stage.did('requestSingleInstanceLock');
    return stage.firstInstance;
  }
  whenReady(): Promise<void> {
    stage.did('whenReady');
    return Promise.resolve();
  }
  quit(): void {
    stage.did('quit');
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    this.emit('before-quit', event);
    if (!event.prevented) stage.did('ended');
  }
  exit(code: number): void {
    stage.did('exit', code);
  }
}
export const app = new App();

/** The main process' end of a port, over Node's own. */
class PortMain extends EventEmitter {
  readonly #port: MessagePort;
  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('message', (data: unknown) => this.emit('message', { data }));
    port.on('close', () => this.emit('close'));
  }
  get port(): MessagePort {
    return this.#port;
  }
  postMessage(data: unknown): void {
    this.#port.postMessage(data);
  }
  start(): void {
    this.#port.start();
  }
  close(): void {
    this.#port.close();
  }
}

export class MessageChannelMain {
  readonly port1: PortMain;
  readonly port2: PortMain;
  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new PortMain(port1);
    this.port2 = new PortMain(port2);
  }
}

export const ipcMain = new EventEmitter();

class Session extends EventEmitter {
  setPermissionRequestHandler(handler: Handler): void {
    stage.handlers.set('permission-request', handler);
  }
  setPermissionCheckHandler(handler: Handler): void {
    stage.handlers.set('permission-check', handler);
  }
  setDevicePermissionHandler(handler: Handler): void {
    stage.handlers.set('device-permission', handler);
  }
}
export const session = { defaultSession: new Session() };

export const protocol = {
  registerSchemesAsPrivileged: (schemes: unknown) => stage.did('registerSchemesAsPrivileged', schemes),
  handle: (scheme: string, handler: Handler) => stage.handlers.set(`protocol:${scheme}`, handler),
};
export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };
export const shell = {
  openExternal: (url: string) => {
    stage.did('openExternal', url);
    return Promise.resolve();
  },
};
export const dialog = {
  showMessageBox: (...given: unknown[]) => {
    stage.did('showMessageBox', given.at(-1));
    return Promise.resolve({ response: stage.answers.shift() ?? 0 });
  },
  showErrorBox: (title: string, text: string) => stage.did('showErrorBox', title, text),
};
export const powerSaveBlocker = {
  start: (kind: string) => {
    stage.did('powerSaveBlocker.start', kind);
    return 7;
  },
  stop: (id: number) => stage.did('powerSaveBlocker.stop', id),
};
export const safeStorage = {
  isEncryptionAvailable: () => true,
  encryptString: (text: string) => Buffer.from(`sealed:${text}`),
  decryptString: (sealed: Buffer) => sealed.toString().slice('sealed:'.length),
};
export const Menu = {
  setApplicationMenu: (menu: unknown) => stage.did('setApplicationMenu', menu),
  buildFromTemplate: (items: unknown) => items,
};
export class Tray extends EventEmitter {
  constructor(icon: string) {
    super();
    stage.did('tray', icon);
  }
  setToolTip(): void {}
  setContextMenu(items: { label: string; click: () => void }[]): void {
    stage.trayItems = items;
  }
  destroy(): void {
    stage.did('tray.destroy');
  }
}

stage.app = app;
stage.ipcMain = ipcMain;
stage.session = session.defaultSession;
