import { spawn } from 'node:child_process';

/** The program that opens an address in the browser of the system, with what it is called with. No shell: nothing of an address is an order. */
function opener(platform: NodeJS.Platform, address: string): readonly [string, readonly string[]] {
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', address]];
  return [platform === 'darwin' ? 'open' : 'xdg-open', [address]];
}

/** Opens a page of https in the system's browser; false where there is none to open it with. */
export function openBrowser(address: string, platform: NodeJS.Platform): Promise<boolean> {
  if (URL.parse(address)?.protocol !== 'https:') return Promise.resolve(false);
  const [command, words] = opener(platform, address);
  return new Promise((resolve) => {
    const child = spawn(command, words, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
