import type { NetworkInterfaceInfo } from 'node:os';

/** As many as an invitation holds. */
const MOST = 16;

/**
 * Under what other machines may find this one, the likeliest first: what a person named, the name of the machine, its addresses.
 * Those of this machine alone, and those of one cable only, are left out.
 */
export function ownAddresses(
  named: readonly string[],
  hostName: string,
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): string[] {
  const found = Object.values(interfaces).flatMap((one) => one ?? []);
  const usable = found.filter(
    ({ internal, address }) => !internal && !/^(169\.254\.|fe[89ab])/i.test(address),
  );
  const of = (family: string) => usable.filter((one) => one.family === family).map(({ address }) => address);
  return [...new Set([...named, hostName, ...of('IPv4'), ...of('IPv6')])].filter(Boolean).slice(0, MOST);
}
