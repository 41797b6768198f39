/**
 * 16 bits of FNV-1a over UTF-16 units, signed (two bytes in SQLite). For indexes on (folder, name) only: names are
 * compared in full after it. In a folder of a million names 15 share a value, which costs 15 rows to look at.
 */
export function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return ((hash ^ (hash >>> 16)) << 16) >> 16;
}
