import { isIPv6 } from 'node:net';

/** Connections that have not proved who they are, at once: of one address, and of all. */
const UNKNOWN_OF_ADDRESS = 64;
const UNKNOWN_OF_ALL = 256;
/** Of an address that was refused too often. A machine that has its key gets in all the same, at this width. */
const UNKNOWN_OF_NUISANCE = 8;

/** Failed tries within this time hold an address off from pairing for as long. */
const FAILURES = 8;
const WINDOW_MS = 60_000;
/** Addresses that are remembered; the oldest is forgotten. */
const MOST_ADDRESSES = 10_000;

/**
 * Counts connections and failures by address; pure but for its own numbers. An address that fails too often cannot pair for a
 * minute, and waits in a narrow queue. Signing in with a key stays possible: many machines may stand behind one address, and
 * whoever makes noise there must not keep the others out.
 */
export class Gatekeeper {
  readonly #now: () => number;
  readonly #unknown = new Map<string, number>();
  readonly #failures = new Map<string, number[]>();
  #all = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes a connection into the count of unknown ones; undefined when there are too many. The answer takes it out again, once. */
  enter(address: string): (() => void) | undefined {
    const group = groupOf(address);
    const count = this.#unknown.get(group) ?? 0;
    const most = this.heldOff(address) ? UNKNOWN_OF_NUISANCE : UNKNOWN_OF_ADDRESS;
    if (count >= most || this.#all >= UNKNOWN_OF_ALL) return undefined;
    this.#unknown.set(group, count + 1);
    this.#all += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.#all -= 1;
      const left = (this.#unknown.get(group) ?? 1) - 1;
      if (left > 0) this.#unknown.set(group, left);
      else this.#unknown.delete(group);
    };
  }

  fail(address: string): void {
    const group = groupOf(address);
    const now = this.#now();
    const recent = (this.#failures.get(group) ?? []).filter((at) => Math.abs(now - at) < WINDOW_MS);
    this.#failures.delete(group);
    this.#failures.set(group, [...recent, now].slice(-FAILURES));
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > MOST_ADDRESSES && oldest !== undefined) this.#failures.delete(oldest);
  }

  /** Whether an address may not try to pair for now. */
  heldOff(address: string): boolean {
    const now = this.#now();
    const recent = this.#failures.get(groupOf(address))?.filter((at) => Math.abs(now - at) < WINDOW_MS) ?? [];
    return recent.length >= FAILURES;
  }
}

/** Whom one household has: an IPv4 address, or the first 64 bits of an IPv6 address. */
export function groupOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  const words = [...left, ...zeros, ...right].slice(0, 4);
  return `${words.map((word) => Number.parseInt(word, 16).toString(16)).join(':')}::/64`;
}
