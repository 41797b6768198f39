import { type PackageEntry, readDirectory } from './directory.ts';
import { packedBytes, partBytes, sameBytes, UnreadablePart } from './part-bytes.ts';
import type { RandomReader } from './random-reader.ts';
import { relationsOf } from './relations.ts';
import { isRewrittenPart } from './rewritten-parts.ts';

/** What two packages are to each other. */
export type PackageComparison =
  | { readonly same: true; readonly parts: number }
  /** Parts that are not the same, or on one side only; at most {@link MOST_NAMED}. */
  | { readonly same: false; readonly parts: readonly string[] }
  /** One of them cannot be looked into. */
  | { readonly same: undefined; readonly why: string };

const MOST_NAMED = 10;
/** Relationships are read as a text; a document has some kilobytes of them. */
const LARGEST_RELATIONS = 4 * 1_048_576;

/**
 * Compares the parts of two Office documents by name and content, past what SharePoint rewrites. Parts are unpacked side by side, piece by
 * piece, so a document of any size needs little memory. Rejects with a ProblemError where the source cannot be read.
 */
export async function comparePackages(one: RandomReader, other: RandomReader): Promise<PackageComparison> {
  const [a, b] = [await partsOf(one), await partsOf(other)];
  if (a === undefined || b === undefined) {
    return {
      same: undefined,
      why: `the ${a === undefined ? 'source' : 'copy'} is no package that can be read`,
    };
  }
  const different: string[] = [];
  try {
    for (const name of new Set([...a.keys(), ...b.keys()])) {
      if (await isSame(partOf(one, a, name), partOf(other, b, name))) continue;
      different.push(name);
      if (different.length >= MOST_NAMED) break;
    }
  } catch (error) {
    if (!(error instanceof UnreadablePart)) throw error;
    return { same: undefined, why: `the part ${error.message} cannot be unpacked` };
  }
  return different.length === 0 ? { same: true, parts: a.size } : { same: false, parts: different };
}

async function partsOf(reader: RandomReader): Promise<Map<string, PackageEntry> | undefined> {
  const entries = await readDirectory(reader);
  const parts = entries?.filter(({ name }) => !isRewrittenPart(name) && !name.endsWith('/'));
  return parts && new Map(parts.map((entry) => [entry.name, entry]));
}

interface Part {
  readonly reader: RandomReader;
  readonly entry: PackageEntry;
}

function partOf(reader: RandomReader, parts: Map<string, PackageEntry>, name: string): Part | undefined {
  const entry = parts.get(name);
  return entry && { reader, entry };
}

async function isSame(one: Part | undefined, other: Part | undefined): Promise<boolean> {
  // A list of relationships that is not there is an empty one.
  if ((one ?? other)?.entry.name.endsWith('.rels') === true) {
    return JSON.stringify(await relationsIn(one)) === JSON.stringify(await relationsIn(other));
  }
  if (one === undefined || other === undefined) return false;
  const [a, b] = [one.entry, other.entry];
  if (a.crc !== b.crc || a.size !== b.size) return false;
  const alike = a.method === b.method && a.packedSize === b.packedSize;
  if (alike && (await sameBytes(packedBytes(one.reader, a), packedBytes(other.reader, b)))) return true;
  return sameBytes(partBytes(one.reader, a), partBytes(other.reader, b));
}

async function relationsIn(part: Part | undefined): Promise<readonly string[]> {
  return part === undefined ? [] : relationsOf(await textOf(part));
}

async function textOf({ reader, entry }: Part): Promise<string> {
  if (entry.size > LARGEST_RELATIONS) throw new UnreadablePart(entry.name);
  const pieces: Uint8Array[] = [];
  for await (const piece of partBytes(reader, entry)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
