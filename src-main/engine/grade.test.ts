import { describe, expect, it } from 'vitest';
import { gradeCopy, gradeFindings } from './grade.ts';

const sent = { name: 'a.pdf', size: 10, hash: 'H' };
const document = { ...sent, name: 'a.DOCX' };

describe('what verification says of a copy', () => {
  it.each([
    ['same size, same hash', sent, { size: 10, hash: 'H' }, 'identical'],
    ['same size, no hash', sent, { size: 10, hash: undefined }, 'size-equal'],
    ['same size, other hash', sent, { size: 10, hash: 'X' }, 'differs'],
    ['other size, no hash', sent, { size: 11, hash: undefined }, 'differs'],
    ['other size and hash', sent, { size: 11, hash: 'X' }, 'differs'],
    ['a document as it was', document, { size: 10, hash: 'H' }, 'identical'],
    ['a document, rewritten', document, { size: 99, hash: 'X' }, 'rewritten'],
    ['a document, rewritten to the same size', document, { size: 10, hash: 'X' }, 'rewritten'],
  ] as const)('%s', (_, what, there, grade) => {
    expect(gradeCopy(what, there)).toBe(grade);
  });

  it('explains only what needs explaining', () => {
    const there = { size: 11, hash: 'X' };
    expect(gradeFindings('identical', sent, there)).toEqual([]);
    expect(gradeFindings('size-equal', sent, there)).toEqual([]);
    expect(gradeFindings('rewritten', sent, there)).toEqual([{ code: 'rewritten-by-service' }]);
    expect(gradeFindings('differs', sent, there)).toEqual([
      { code: 'content-differs', detail: 'sent 10 bytes H, there 11 bytes X' },
    ]);
  });
});
