import { expect, it } from 'vitest';
import { wayDown } from './source-above.ts';

it.each([
  ['/srv/share', '/srv/share', ''],
  ['/srv/share', '/srv/share/Sales/2024', 'Sales/2024'],
  ['/', '/srv', 'srv'],
  ['/srv/share', '/srv/shared', undefined],
  ['/srv/share/a', '/srv/share', undefined],
  ['/srv/a\\b', '/srv/a/b', undefined],
  ['\\\\server\\share', '\\\\server\\share\\Finance', 'Finance'],
  ['D:\\', 'D:\\Data\\x', 'Data/x'],
] as const)('from %s to %s it is %s', (above, below, way) => {
  expect(wayDown(above, below)).toBe(way);
});
