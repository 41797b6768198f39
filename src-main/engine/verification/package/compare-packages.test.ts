import fc from 'fast-check';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { comparePackages, type PackageComparison } from './compare-packages.ts';
import { readDirectory } from './directory.ts';
import type { RandomReader } from './random-reader.ts';

/** A file in memory that gives its bytes in odd pieces, and says how many it gave at most at once. */
function inMemory(bytes: Uint8Array): RandomReader & { readonly given: () => number } {
  let given = 0;
  return {
    size: bytes.length,
    given: () => given,
    async read(into, offset) {
      const part = bytes.subarray(offset, offset + Math.min(into.length, 70_000));
      into.set(part);
      given += part.length;
      return part.length;
    },
  };
}

const document: Record<string, string> = {
  '[Content_Types].xml': '<Types/>',
  'word/document.xml': `<w>${'words and words '.repeat(500)}</w>`,
  'word/media/image1.png': 'not really a picture',
  'word/_rels/document.xml.rels':
    '<Relationships><Relationship Id="rId1" Target="styles.xml"/><Relationship Id="rId2" Target="media/image1.png"/></Relationships>',
  'docProps/core.xml': '<cp>Eva</cp>',
};

function zip(parts: Record<string, string>, options: { level?: 0 | 9; comment?: string } = {}): Uint8Array {
  const files: Zippable = Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, [strToU8(text), { level: options.level ?? 6 }]]),
  );
  const bytes = Buffer.from(zipSync(files, { mtime: new Date(2024, 0, 1) }));
  const comment = Buffer.from(options.comment ?? '');
  bytes.writeUInt16LE(comment.length, bytes.length - 2);
  return Buffer.concat([bytes, comment]);
}

const compare = (one: Uint8Array, other: Uint8Array): Promise<PackageComparison> =>
  comparePackages(inMemory(one), inMemory(other));

describe('two packages', () => {
  it('are the same past what SharePoint rewrites, however they are packed', async () => {
    const { 'word/_rels/document.xml.rels': _, ...rest } = document;
    const rewritten = {
      'docProps/custom.xml': '<property name="ContentTypeId"/>',
      'customXml/item1.xml': '<p/>',
      'customXml/_rels/item1.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="itemProps1.xml"/></Relationships>',
      'word/_rels/document.xml.rels':
        '<?xml version="1.0"?>\n<Relationships><Relationship Target="../customXml/item1.xml" Id="rId9"/><Relationship Target="media/image1.png" Id="rId2"/><Relationship Target="styles.xml" Id="rId1"/></Relationships>',
      ...rest,
      '[Content_Types].xml': '<Types><Override/></Types>',
      'docProps/core.xml': '<cp>SharePoint</cp>',
    };
    const other = zip(rewritten, { level: 9, comment: 'document 0815' });
    expect(await compare(zip(document), other)).toEqual({ same: true, parts: 3 });
    expect(await compare(zip(document), zip(document, { level: 0 }))).toEqual({ same: true, parts: 3 });
  });

  it('are not when a part is another, is gone, or was added, and it is named', async () => {
    const edited = { ...document, 'word/document.xml': '<w>others</w>' };
    expect(await compare(zip(document), zip(edited))).toEqual({ same: false, parts: ['word/document.xml'] });
    const { 'word/media/image1.png': _, ...less } = document;
    expect(await compare(zip(document), zip(less))).toEqual({
      same: false,
      parts: ['word/media/image1.png'],
    });
    expect(await compare(zip(less), zip(document))).toEqual({
      same: false,
      parts: ['word/media/image1.png'],
    });
    const rels = document['word/_rels/document.xml.rels']?.replace('styles.xml', 'http://elsewhere') ?? '';
    const linked = { ...document, 'word/_rels/document.xml.rels': rels };
    expect(await compare(zip(document), zip(linked))).toMatchObject({ same: false });
  });

  it('that cannot be looked into are not judged', async () => {
    expect(await compare(zip(document), strToU8('%PDF-1.7'))).toMatchObject({ same: undefined });
    expect(await compare(new Uint8Array(), zip(document))).toMatchObject({ same: undefined });
    const twice = Buffer.concat([zip(document).subarray(0, 40), zip(document)]);
    expect(await compare(zip(document), twice)).toMatchObject({ same: undefined });
  });

  it('law: any one byte that is changed in one of them is never mistaken for the same content', async () => {
    const good = zip({ 'word/document.xml': 'a text that is long enough to be packed '.repeat(9) });
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const bad = Buffer.from(good);
        bad[at] = (bad[at] ?? 0) ^ by;
        const { same } = await compare(good, bad);
        if (same !== true) return;
        // Then it was a byte that says nothing of the content: a time, a version, attributes, or a longer way to the same bytes.
        const [entry] = (await readDirectory(inMemory(bad))) ?? [];
        const [was] = (await readDirectory(inMemory(good))) ?? [];
        expect({ ...entry, packedSize: 0 }).toEqual({ ...was, packedSize: 0 });
      }),
    );
  });

  it('of any size need little memory: a part is read piece by piece', async () => {
    const large = zip({ 'ppt/media/film.bin': 'x'.repeat(20_000_000) }, { level: 0 });
    const before = process.memoryUsage().arrayBuffers;
    const [one, other] = [inMemory(large), inMemory(large)];
    expect(await comparePackages(one, other)).toEqual({ same: true, parts: 1 });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60_000_000);
    expect(one.given()).toBeGreaterThan(20_000_000);
  });
});
