import { parseDestinationAddress } from './destination-address.ts';
import { nameKey } from './names.ts';

/**
 * The same for all ways to write the address of a place: `%20` or a space, a slash at the end, upper and lower case. For comparing,
 * never for showing.
 */
export function placeKey(address: string): string {
  const parsed = parseDestinationAddress(address, { sharePointHostSuffix: '' });
  if (!parsed.ok) return address;
  const { host, segments } = parsed.value;
  return [host, ...segments].map(nameKey).join('/');
}
