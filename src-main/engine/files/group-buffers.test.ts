import { describe, expect, it } from 'vitest';
import { GroupBuffers } from './group-buffers.ts';

describe('memory for groups of small files', () => {
  it('is used again when it was given back', () => {
    const buffers = new GroupBuffers();
    const [small, large] = [buffers.take(40_000), buffers.take(700_000)];
    expect(buffers.take(40_000)).not.toBe(small);
    buffers.give(small);
    buffers.give(large);
    expect(buffers.take(700_000)).toBe(large);
    expect(buffers.take(40_000)).toBe(small);
  });

  it('has room for the group where that is not larger than the largest piece', () => {
    const buffers = new GroupBuffers();
    for (const bytes of [0, 131_072, 131_073, 1_048_576])
      expect(buffers.take(bytes).byteLength).toBeGreaterThanOrEqual(bytes);
    expect(buffers.take(4_000_000).byteLength).toBe(1_048_576);
    expect(buffers.take(40_000).byteLength).toBe(131_072);
  });

  it('is not used again when it is of another size, or has changed hands', () => {
    const buffers = new GroupBuffers();
    const [foreign, handedOver] = [new ArrayBuffer(131_071), buffers.take(1)];
    structuredClone(handedOver, { transfer: [handedOver] });
    buffers.give(foreign);
    buffers.give(handedOver);
    expect(buffers.take(1)).not.toBe(foreign);
    expect(buffers.take(1)).not.toBe(handedOver);
    expect(buffers.take(1).byteLength).toBe(131_072);
  });
});
