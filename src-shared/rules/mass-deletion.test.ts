import { expect, it } from 'vitest';
import { mayDelete } from './mass-deletion.ts';

it.each([
  { going: 1, known: 1, confirmed: 0, may: true },
  { going: 10, known: 10, confirmed: 0, may: true },
  { going: 11, known: 43, confirmed: 0, may: false },
  { going: 11, known: 44, confirmed: 0, may: true },
  { going: 1_000, known: 4_000, confirmed: 0, may: true },
  { going: 1_000, known: 3_999, confirmed: 0, may: false },
  { going: 1_001, known: 1_000_000, confirmed: 0, may: false },
  { going: 1_001, known: 1_002, confirmed: 1_001, may: true },
  { going: 1_002, known: 1_002, confirmed: 1_001, may: false },
])('$going of $known copies, $confirmed confirmed: $may', ({ confirmed, may, ...deletions }) => {
  expect(mayDelete(deletions, confirmed)).toBe(may);
});
