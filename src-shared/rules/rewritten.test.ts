import { expect, it } from 'vitest';
import { isRewrittenKind } from './rewritten.ts';

it.each(['a.docx', 'A.XLSM', 'b.c.pptx', 'mail.msg', 'page.html', 'x.vsd', 'Notes.one', '.doc'])(
  '%s is rewritten',
  (name) => expect(isRewrittenKind(name)).toBe(true),
);

it.each(['a.txt', 'docx', 'a.docx.bak', 'a.pdf', 'a.jpg', 'a.', ''])('%s is stored as it is', (name) =>
  expect(isRewrittenKind(name)).toBe(false),
);
