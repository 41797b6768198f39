/** The functions of the library that are used here: Node's own, which wait for a free handle when there is none. */
declare module 'graceful-fs' {
  const gracefulFs: Pick<typeof import('node:fs'), 'open' | 'close'>;
  export = gracefulFs;
}
