import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { ownAddresses } from './own-addresses.ts';

const on = (family: 'IPv4' | 'IPv6', address: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address, internal, netmask: '', mac: '', cidr: null },
  ...(family === 'IPv6' ? { family, scopeid: 0 } : { family }),
});

it('names what others can reach, a person first, and nothing twice', () => {
  const interfaces = {
    lo: [on('IPv4', '127.0.0.1', true), on('IPv6', '::1', true)],
    eth0: [on('IPv6', 'fe80::1'), on('IPv6', '2001:db8::1'), on('IPv4', '10.0.0.5')],
    eth1: [on('IPv4', '169.254.3.4'), on('IPv4', '10.0.0.5')],
    none: undefined,
  };
  expect(ownAddresses(['fs01.contoso.com'], 'fs01', interfaces)).toEqual([
    'fs01.contoso.com',
    'fs01',
    '10.0.0.5',
    '2001:db8::1',
  ]);
  expect(ownAddresses([], '', {})).toEqual([]);
});
