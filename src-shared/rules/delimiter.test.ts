import { expect, test } from 'vitest';
import { delimiterOf } from './delimiter.ts';

test.each([
  ['commas', 'a,b,c\n1,2,3\n', ','],
  ['semicolons, with commas in the cells', 'a;b\n1,5;2,5\n', ';'],
  ['tabs, with both in the cells', 'a\tb\n1,5;0\t2\n', '\t'],
  ['commas, with semicolons in quotes', '"x;y;z",b\n"x;y;z",2\n', ','],
  ['one column', 'a\nb\n', ','],
  ['nothing', '', ','],
])('%s', (_, text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter);
});
