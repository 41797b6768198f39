/** 1601-01-01, where FILETIME begins, in milliseconds since 1970. */
const BEGIN_MS = -11_644_473_600_000;

/**
 * A FILETIME (100 ns since 1601, as two unsigned 32-bit halves) in whole milliseconds since 1970, rounded down. In halves, since
 * the whole has 57 bits today and a double 53: `.0009999` would become the next millisecond.
 */
export function millisecondsOf(low: number, high: number): number {
  // 2^32 = 429,496 * 10,000 + 7,296
  return high * 429_496 + Math.floor((high * 7_296 + low) / 10_000) + BEGIN_MS;
}

/** The halves of the FILETIME at `at`. */
export function filetimeAt(data: Buffer, at: number): { low: number; high: number } {
  return { low: data.readUInt32LE(at), high: data.readUInt32LE(at + 4) };
}

/**
 * The two times of an entry. 0 stands for a time that the file system does not keep: then the file was made, as far as one
 * knows, when it was last changed.
 */
export function timesOf(
  created: { readonly low: number; readonly high: number },
  modified: { readonly low: number; readonly high: number },
): { created: number; modified: number } {
  const changed = millisecondsOf(modified.low, modified.high);
  const kept = created.low !== 0 || created.high !== 0;
  return { modified: changed, created: kept ? millisecondsOf(created.low, created.high) : changed };
}
