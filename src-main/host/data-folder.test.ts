import { expect, test } from 'vitest';
import { defaultDataFolder } from './data-folder.ts';

test.each([
  ['win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\eva', 'D:\\Local\\Convoy'],
  ['win32', {}, 'C:\\Users\\eva', 'C:\\Users\\eva\\AppData\\Local\\Convoy'],
  ['darwin', {}, '/Users/eva', '/Users/eva/Library/Application Support/Convoy'],
  ['linux', { XDG_DATA_HOME: '/data' }, '/home/eva', '/data/convoy'],
  ['linux', { XDG_DATA_HOME: 'relative' }, '/home/eva', '/home/eva/.local/share/convoy'],
  ['linux', {}, '/home/eva', '/home/eva/.local/share/convoy'],
] as const)('%s with %o keeps its data in the place of that system', (platform, env, home, expected) => {
  expect(defaultDataFolder({ platform, env, home })).toBe(expected);
});
