const HASH_BYTES = 20;

/** A quickXorHash in 20 bytes instead of 28 characters; anything else as it is. */
export function packHash(hash: string): Buffer | string {
  const bytes = Buffer.from(hash, 'base64');
  return bytes.length === HASH_BYTES && bytes.toString('base64') === hash ? bytes : hash;
}

export function unpackHash(packed: Uint8Array | string | null | undefined): string | undefined {
  if (packed === null || packed === undefined) return undefined;
  return typeof packed === 'string' ? packed : Buffer.from(packed).toString('base64');
}
