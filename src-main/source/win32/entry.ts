import type { SourceEntry } from '../source.ts';
import { ATTRIBUTE, isOffline, kindOf } from './attributes.ts';
import { spellOut } from './names.ts';

/** What Windows lists of an entry, by whichever function it was asked. */
export interface Listed {
  readonly name: string;
  readonly attributes: number;
  /** Of a reparse point; meaningless for anything else. */
  readonly tag: number;
  readonly size: number;
  readonly created: number;
  readonly modified: number;
  readonly fileId: string | undefined;
}

export function entryOf(listed: Listed): SourceEntry {
  const { name, attributes, created, modified, fileId } = listed;
  const nameReadable = name.isWellFormed();
  const kind = kindOf(attributes, listed.tag);
  return {
    name: nameReadable ? name : spellOut(name),
    nameReadable,
    kind,
    size: kind === 'file' ? listed.size : 0,
    modified,
    created,
    fileId,
    hidden: (attributes & ATTRIBUTE.hidden) !== 0,
    system: (attributes & ATTRIBUTE.system) !== 0,
    offline: isOffline(attributes),
  };
}

/** The folder itself and the one above it are listed too. */
export function isDots(name: string): boolean {
  return name === '.' || name === '..';
}

/** A 64-bit number of a file as decimal text; undefined for 0 and for all ones, which stand for none. */
export function fileIdOf(low: number, high: number): string | undefined {
  if (low === high && (low === 0 || low === 0xffff_ffff)) return undefined;
  return high < 0x20_0000 ? String(high * 0x1_0000_0000 + low) : String((BigInt(high) << 32n) | BigInt(low));
}
