import { ipcRenderer } from 'electron';
import { PORT_CHANNEL, PORT_WANTED_CHANNEL } from './channels.ts';

/**
 * Carries the port from the main process to the page. Nothing is exposed to the page: it asks with a message to its
 * own window and gets one with a port in it, and there is no channel whose name it could choose.
 */
window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.origin === window.location.origin && event.data === PORT_WANTED_CHANNEL) {
    ipcRenderer.send(PORT_WANTED_CHANNEL);
  }
});

ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage(PORT_CHANNEL, window.location.origin, event.ports);
});
