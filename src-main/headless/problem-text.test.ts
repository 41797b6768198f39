import { expect, test } from 'vitest';
import { codes, lookUp } from '../../src-shared/catalogue/catalogue.ts';
import { problemText } from './problem-text.ts';

test.each(codes)('%s is told with its code, cause and remedy', (code) => {
  const text = problemText({ code, where: '/srv/x', detail: 'EACCES' });
  expect(text).toContain(`(${code})`);
  expect(text).toContain(lookUp(code).cause);
  expect(text).toContain(lookUp(code).remedy);
  expect(text).toContain('/srv/x');
  expect(text).toContain('EACCES');
});

test('a hostile name cannot move the cursor or forge lines', () => {
  const text = problemText({ code: 'source-missing', where: '/srv/\u001b[2J\nAll is well' });
  expect(text).not.toContain('\u001b');
  expect(text.split('\n')).toHaveLength(5);
});
