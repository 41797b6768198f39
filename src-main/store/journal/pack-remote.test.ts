import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Drives, idOf, packId, packRemote, unpackRemote } from './pack-remote.ts';

function drives(): Drives {
  const prefixes: Buffer[] = [];
  return {
    numberOf(prefix) {
      const at = prefixes.findIndex((known) => known.equals(prefix));
      if (at >= 0) return at + 1;
      return prefixes.length < 15 ? prefixes.push(Buffer.from(prefix)) : undefined;
    },
    prefixOf: (number) => prefixes[number - 1] ?? Buffer.alloc(4),
  };
}

const letters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567');
const graphId = fc.string({ unit: letters, minLength: 32, maxLength: 32 }).map((text) => `01${text}`);
const guid = fc.uuid().map((text) => text.toUpperCase());
const version = fc.oneof(fc.nat(), fc.nat(200));
const tag = fc.oneof(
  fc.tuple(guid, version).map(([text, number]) => `"{${text}},${number}"`),
  fc.string(),
  fc.constantFrom(
    undefined,
    '',
    '"{A218B387-2295-4A5D-8D78-F15C499CF513},01"',
    '"{a218b387-2295-4a5d-8d78-f15c499cf513},1"',
  ),
);

describe('packed ids and tags', () => {
  it('come out exactly as they went in', () => {
    const known = drives();
    fc.assert(
      fc.property(fc.oneof(graphId, fc.string(), fc.string({ unit: 'binary' })), tag, (id, anyTag) => {
        fc.pre(id.isWellFormed() && (anyTag?.isWellFormed() ?? true));
        const packed = packRemote({ id, tag: anyTag }, known);
        expect(unpackRemote(packed, known)).toEqual({ id, tag: anyTag });
        expect(idOf(packed)).toEqual(packId(id, known));
      }),
    );
  });

  it('take 18 bytes in the form in which SharePoint gives them', () => {
    const remote = {
      id: '01BYE5RZ4HWMMKFFJCLVFI26HRLREZZ5IT',
      tag: '"{A218B387-2295-4A5D-8D78-F15C499CF513},1"',
    };
    expect(packRemote(remote, drives())).toHaveLength(18);
  });

  it('take 19 where the GUID stands in straight order behind six letters of the drive', () => {
    // base32 of the 16 bytes of 00112233-4455-4677-a899-aabbccddeeff, which are 26 letters
    const remote = {
      id: '01ABCDEFAAISEM2EKVDHPKEZVK54ZXPO74',
      tag: '"{00112233-4455-4677-A899-AABBCCDDEEFF},7"',
    };
    const known = drives();
    expect(packRemote(remote, known)).toHaveLength(19);
    expect(unpackRemote(packRemote(remote, known), known)).toEqual(remote);
  });
});
