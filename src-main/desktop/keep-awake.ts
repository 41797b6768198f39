import { powerSaveBlocker } from 'electron';

/** How often is looked whether there is work; a machine takes minutes to fall asleep. */
const LOOK_EVERY_MS = 5_000;

/** Keeps the machine from going to sleep by itself while files are copied; its screen may go dark. Returns the end of it. */
export function keepAwake(isWorking: () => boolean): () => void {
  let blocker: number | undefined;
  const look = (): void => {
    if (isWorking()) {
      blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    } else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  look();
  return () => {
    clearInterval(timer);
    if (blocker !== undefined) powerSaveBlocker.stop(blocker);
  };
}
