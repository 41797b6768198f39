import { describe, expect, it } from 'vitest';
import { Gatekeeper, groupOf } from './gatekeeper.ts';

function keeper() {
  const clock = { now: 1_000_000 };
  return { clock, gate: new Gatekeeper(() => clock.now) };
}

describe('the gatekeeper', () => {
  it('lets no more strangers stand at the door than an address and all of them may have', () => {
    const { gate } = keeper();
    const leave = Array.from({ length: 64 }, () => gate.enter('10.0.0.1'));
    expect(leave.every((one) => one !== undefined)).toBe(true);
    expect(gate.enter('10.0.0.1')).toBeUndefined();
    expect(gate.enter('10.0.0.2')).toBeDefined();
    leave[0]?.();
    leave[0]?.();
    expect(gate.enter('10.0.0.1')).toBeDefined();
    expect(gate.enter('10.0.0.1'), 'one that leaves twice makes room for one').toBeUndefined();
    for (let no = 0; no < 191; no += 1) gate.enter(`10.1.0.${no}`);
    expect(gate.enter('10.2.0.1')).toBeUndefined();
  });

  it('holds an address off for a minute after eight failures, and no other', () => {
    const { gate, clock } = keeper();
    for (let no = 0; no < 7; no += 1) gate.fail('10.0.0.1');
    expect(gate.heldOff('10.0.0.1')).toBe(false);
    gate.fail('::ffff:10.0.0.1');
    expect(gate.heldOff('10.0.0.1')).toBe(true);
    expect(gate.heldOff('10.0.0.2')).toBe(false);
    // Machines with a key still come in, in a narrow queue.
    expect(Array.from({ length: 9 }, () => gate.enter('10.0.0.1')).filter(Boolean)).toHaveLength(8);
    clock.now += 60_000;
    expect(gate.heldOff('10.0.0.1')).toBe(false);
  });

  it('remembers a bounded number of addresses', () => {
    const { gate } = keeper();
    for (let no = 0; no < 8; no += 1) gate.fail('10.0.0.1');
    for (let no = 0; no < 10_000; no += 1) gate.fail(`a${no}`);
    expect(gate.heldOff('10.0.0.1')).toBe(false);
  });

  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:1:2::6', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('takes %s for %s', (address, group) => {
    expect(groupOf(address)).toBe(group);
  });
});
