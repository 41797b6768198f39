/** A square picture of an icon file. */
export interface IcoPicture {
  readonly size: number;
  readonly png: Buffer;
}

/**
 * Packs PNG pictures into an ICO file: a header, 16 bytes for each picture, then the pictures as they are (Windows
 * Vista and later take PNG in it). A size of 256 is written as 0.
 */
export function packIco(pictures: readonly IcoPicture[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = 6 + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}
