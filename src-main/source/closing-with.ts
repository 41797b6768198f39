import type { FullSource } from './source.ts';

/** The same source; what it needed is closed after it, also if closing it fails. */
export function closingWith(source: FullSource, needed: { close(): Promise<void> }): FullSource {
  return {
    root: source.root,
    probe: () => source.probe(),
    list: (path) => source.list(path),
    open: (path) => source.open(path),
    ...(source.readFiles && { readFiles: source.readFiles.bind(source) }),
    ...(source.owner && { owner: source.owner.bind(source) }),
    rights: (path) => source.rights(path),
    principal: (sid) => source.principal(sid),
    space: () => source.space(),
    async close() {
      try {
        await source.close();
      } finally {
        await needed.close();
      }
    },
  };
}
