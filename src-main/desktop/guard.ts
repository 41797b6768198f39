import { app, dialog, type Session, shell, type WebContents } from 'electron';
import { judgeLink } from './external-link.ts';
import { isOwnAddress } from './origin.ts';

/** Copying text is the only thing that the screen may ask the system for (S8). */
const ALLOWED = new Set(['clipboard-sanitized-write']);

/**
 * Keeps every page where it is: no navigation out, no new windows, no embedded pages (S4).
 * @param isSignInPage whether an address is the page on which somebody is to sign in right now
 */
export function guardPages(devServer: string | undefined, isSignInPage: (url: string) => boolean): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, devServer, isSignInPage));
}

function guard(
  contents: WebContents,
  devServer: string | undefined,
  isSignInPage: (url: string) => boolean,
): void {
  const stay = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isOwnAddress(event.url, devServer)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // The machine made that address itself a moment ago; of a practice tenant it leads to this computer.
    if (isSignInPage(url)) void shell.openExternal(url);
    else void openLink(url);
    return { action: 'deny' };
  });
}

/** Gives a link to the system's browser, if it may be opened (S5). */
async function openLink(text: string): Promise<void> {
  const verdict = judgeLink(text);
  if (verdict.open === 'no') return;
  if (verdict.open === 'ask') {
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: `Open ${verdict.host}?`,
      detail: verdict.url,
      buttons: ['Open in browser', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return;
  }
  await shell.openExternal(verdict.url);
}

/** Refuses every permission and device, and every download: the machine writes files itself (S8). */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
