import { type BrowserWindow, dialog } from 'electron';
import { lookUp } from '../../src-shared/catalogue/catalogue.ts';
import type { Problem } from '../../src-shared/model/problem.ts';

/** What a person wants when the window is closed while files are being copied. */
export type CloseWish = 'background' | 'stop' | 'cancel';
const closeWishes: readonly CloseWish[] = ['background', 'stop', 'cancel'];

export async function askToClose(window: BrowserWindow): Promise<CloseWish> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Files are still being copied.',
    detail:
      'In the background the copying goes on, and the window comes back from the tray or by starting Convoy again. Stopping is safe at any time: the next start goes on where it stopped.',
    buttons: ['Go on in the background', 'Stop and quit', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
  });
  return closeWishes[response] ?? 'cancel';
}

/** After the window's process ended by itself. The machine is in another process and goes on. */
export async function askToReopen(reason: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The window stopped working.',
    detail: `Copying goes on. (${reason})`,
    buttons: ['Open it again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0;
}

export async function askToWait(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer.',
    detail: 'Copying goes on.',
    buttons: ['Wait', 'Open it again'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0;
}

/** The machine could not be built: nothing can be shown but this. */
export function tellFailure(problem: Problem): void {
  const { title, cause, remedy } = lookUp(problem.code);
  const facts = [problem.where, problem.detail].filter((fact) => fact !== undefined).join('\n');
  dialog.showErrorBox(`${title} (${problem.code})`, `${cause}\n\n${remedy}\n\n${facts}`);
}
