import { strToU8, type Zippable, zipSync } from 'fflate';
import { pick, seededRandom } from '../random.ts';
import type { Contents } from './content.ts';
import { type OfficeFormat, officeParts } from './office-parts.ts';
import { sentences } from './words.ts';

/** Zip headers hold local time, so a date made of local parts gives the same bytes in every time zone. */
const ZIP_TIME = new Date(2024, 0, 1, 9, 0, 0);
/** Stands for the pictures that make real documents large. */
const PADDING = 'customXml/padding.bin';
/** What a stored entry costs besides its bytes: local header 30, central header 46, the name in both. */
const PADDING_COST = 30 + 46 + 2 * PADDING.length;
/** Documents differ in their padding; their texts are these few, so that making thousands is quick. */
const TEXTS = 8;
const LINES = 24;
/** Packing small parts gains nothing, and half of the time goes into it. */
const WORTH_PACKING = 1_600;

export interface OfficeWriter {
  /** A document of `size` bytes, or of the least that its format needs. */
  readonly document: (path: string, size: number, revision?: number) => Uint8Array;
}

const formatOf = (path: string): OfficeFormat =>
  path.endsWith('.xlsx') ? 'xlsx' : path.endsWith('.pptx') ? 'pptx' : 'docx';

/** Makes Office documents: real zips, the same for the same seed, path and size. */
export const createOfficeWriter = (seed: string | number, contents: Contents): OfficeWriter => {
  const known = new Map<string, { readonly parts: Zippable; readonly bytes: number }>();

  const base = (format: OfficeFormat, text: number): { readonly parts: Zippable; readonly bytes: number } => {
    const key = `${format}/${text}`;
    const cached = known.get(key);
    if (cached !== undefined) return cached;
    const random = seededRandom(`${seed}/text/${key}`);
    const lines = Array.from({ length: LINES }, () => pick(random, sentences));
    const parts: Zippable = Object.fromEntries(
      Object.entries(officeParts(format, lines)).map(([path, xml]) => [
        path,
        [strToU8(xml), { level: xml.length > WORTH_PACKING ? 6 : 0 }],
      ]),
    );
    const made = { parts, bytes: zipSync(parts, { mtime: ZIP_TIME }).length };
    known.set(key, made);
    return made;
  };

  return {
    document: (path, size, revision) => {
      const text = (contents.bytes(path, 1, revision)[0] ?? 0) % TEXTS;
      const { parts, bytes } = base(formatOf(path), text);
      const padding = contents.bytes(path, Math.max(0, size - bytes - PADDING_COST), revision);
      return zipSync({ ...parts, [PADDING]: [padding, { level: 0 }] }, { mtime: ZIP_TIME });
    },
  };
};
