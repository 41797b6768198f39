import { describe, expect, it } from 'vitest';
import { isOffline, kindOf } from './attributes.ts';

const FILE = 0x20;
const FOLDER = 0x10;
const REPARSE = 0x400;

describe('what an entry is', () => {
  it.each([
    ['a file', FILE, 0, 'file'],
    ['a folder', FOLDER, 0, 'folder'],
    ['a file whose reserved field holds anything', FILE, 0xa000_000c, 'file'],
    ['a symbolic link to a file', FILE | REPARSE, 0xa000_000c, 'link'],
    ['a symbolic link to a folder', FOLDER | REPARSE, 0xa000_000c, 'link'],
    ['a junction or mounted volume', FOLDER | REPARSE, 0xa000_0003, 'link'],
    ['a link of WSL', FILE | REPARSE, 0xa000_001d, 'link'],
    ['a program of the Store', FILE | REPARSE, 0x8000_001b, 'link'],
    ['a deduplicated file', FILE | REPARSE, 0x8000_0013, 'file'],
    ['a file of OneDrive', FILE | REPARSE, 0x9000_001a, 'file'],
    ['a folder of OneDrive', FOLDER | REPARSE, 0x9000_601a, 'folder'],
    ['a file tiered by Azure File Sync', FILE | REPARSE, 0x8000_001e, 'file'],
    ['a file moved to another storage', FILE | REPARSE, 0xc000_0004, 'file'],
    ['a link of a DFS namespace', FOLDER | REPARSE, 0x8000_000a, 'folder'],
    ['a tag that nobody knows', FILE | REPARSE, 0x0000_1234, 'file'],
    ['a socket', FILE | REPARSE, 0x8000_0023, 'special'],
    ['a pipe of WSL', FILE | REPARSE, 0x8000_0024, 'special'],
  ])('%s', (_, attributes, tag, kind) => {
    expect(kindOf(attributes, tag)).toBe(kind);
  });
});

it.each([
  ['here', FILE | REPARSE, false],
  ['on tape', FILE | 0x1000, true],
  ['fetched when opened', FILE | REPARSE | 0x4_0000, true],
  ['fetched when read', FILE | REPARSE | 0x40_0000, true],
  ['always kept here', FILE | 0x8_0000, false],
])('a file that is %s', (_, attributes, offline) => {
  expect(isOffline(attributes)).toBe(offline);
});
