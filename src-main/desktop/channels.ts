/** The names of the two messages between page, preload and main process; the page knows them too (src-renderer/state/door.ts). */
export const PORT_CHANNEL = 'convoy:port';
export const PORT_WANTED_CHANNEL = 'convoy:port-wanted';
