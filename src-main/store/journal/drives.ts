import type { Database } from 'better-sqlite3';
import type { Drives } from './pack-remote.ts';

/** The drives of a journal, as its table has them. */
export function drivesOf(database: Database): Drives {
  const all = database.prepare<[], { no: number; prefix: Buffer }>('SELECT no, prefix FROM drive');
  const add = database.prepare('INSERT INTO drive (no, prefix) VALUES (?, ?)');
  const byNumber = new Map<number, Buffer>();
  const byPrefix = new Map<string, number>();
  const read = (): void => {
    byNumber.clear();
    byPrefix.clear();
    for (const { no, prefix } of all.all()) {
      byNumber.set(no, prefix);
      byPrefix.set(prefix.toString('hex'), no);
    }
  };
  read();
  return {
    numberOf(prefix) {
      const key = prefix.toString('hex');
      const known = byPrefix.get(key);
      if (known !== undefined) return known;
      // Another process, or a call that was undone, may have left memory and table apart.
      read();
      const no = byPrefix.get(key) ?? byNumber.size + 1;
      if (no > 15) return undefined;
      if (!byPrefix.has(key)) add.run(no, Buffer.from(prefix));
      read();
      return no;
    },
    prefixOf(number) {
      const prefix = byNumber.get(number);
      if (!prefix) throw new Error(`drive ${number} is not in this journal`);
      return prefix;
    },
  };
}
