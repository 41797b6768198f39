import type { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';

export type Recorded = Readonly<Record<string, unknown>>;

interface StandInPage extends EventEmitter {
  readonly mainFrame: { url: string };
  readonly windowOpenHandler: ((details: { url: string }) => { action: string }) | undefined;
}

/** What the stand-in and the test share: what was asked of Electron, and what it is to answer. */
export class Stage {
  /** Before the start: how the app is started. */
  packaged = true;
  firstInstance = true;
  readonly switches = new Set<string>();
  /** Which button the next questions are answered with. */
  readonly answers: number[] = [];

  /** Everything that was asked, in order. */
  readonly done: [what: string, ...with_: unknown[]][] = [];
  readonly windows: { window: EventEmitter & { webContents: StandInPage }; options: Recorded }[] = [];
  readonly handlers = new Map<string, (...given: never[]) => unknown>();
  readonly posted: { channel: string; ports: readonly { readonly port: MessagePort }[] }[] = [];
  trayItems: { label: string; click: () => void }[] = [];
  app: EventEmitter | undefined;
  ipcMain: EventEmitter | undefined;
  session: EventEmitter | undefined;

  did(what: string, ...with_: unknown[]): void {
    this.done.push([what, ...with_]);
  }
  count(what: string): number {
    return this.done.filter(([name]) => name === what).length;
  }
  last(what: string): unknown[] | undefined {
    return this.done.findLast(([name]) => name === what)?.slice(1);
  }
}

/** One stage a process, although test and bundle load this file each in their own way. */
function sharedStage(): Stage {
  const key = Symbol.for('convoy.desktop.stage');
  const there: unknown = Reflect.get(globalThis, key);
  // Not `instanceof`: the class is loaded twice as well.
  if (isStage(there)) return there;
  const fresh = new Stage();
  Reflect.set(globalThis, key, fresh);
  return fresh;
}

function isStage(value: unknown): value is Stage {
  return typeof value === 'object' && value !== null && 'done' in value && 'windows' in value;
}

export const stage = sharedStage();
