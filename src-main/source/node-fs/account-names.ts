import type { KoffiFunc } from 'koffi';

/**
 * Names of the numbers of accounts, asked of the C library: it knows those of a directory that the machine was joined to as well, which no file
 * on it has. Where that cannot be asked nobody has a name, and the number has to do.
 */
export async function accountNames(): Promise<(user: number) => string | undefined> {
  try {
    const { default: koffi } = await import('koffi');
    const ask: KoffiFunc<(user: number) => bigint | number> = koffi
      .load(null)
      .func('intptr_t getpwuid(uint32_t user)');
    return (user) => {
      const entry = ask(user);
      if (entry === 0 || entry === 0n) return undefined;
      // The name comes first in a `struct passwd`, on Linux and on macOS.
      const name: unknown = koffi.decode(BigInt(entry), 'str');
      return typeof name === 'string' && name !== '' ? name : undefined;
    };
  } catch {
    return () => undefined;
  }
}
