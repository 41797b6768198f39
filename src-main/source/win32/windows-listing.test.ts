import { expect, it } from 'vitest';
import { failed, ok } from '../../../src-shared/model/problem.ts';
import type { FolderListing, ListingAnswer } from '../threads/protocol.ts';
import { type UnsureListing, type Ways, WindowsListing } from './windows-listing.ts';

const all: ListingAnswer = ok({ entries: [], last: true });
const gone: ListingAnswer = failed('folder-vanished', { where: 'a' });

function listing(ways: Ways, first: ListingAnswer | undefined, second: ListingAnswer) {
  const asked: string[] = [];
  const withIds = (): UnsureListing => ({
    next: () => {
      asked.push('ids');
      return first;
    },
    close: () => asked.push('close ids'),
  });
  const withoutIds = (): FolderListing => ({
    next: () => {
      asked.push('find');
      return second;
    },
    close: () => asked.push('close find'),
  });
  return { asked, listing: new WindowsListing(ways, withIds, withoutIds) };
}

it('asks for file ids, and for nothing else where it gets them', () => {
  const ways = { fileIds: true };
  const { asked, listing: it } = listing(ways, all, gone);
  expect(it.next()).toBe(all);
  it.close();
  expect(asked).toEqual(['ids', 'close ids']);
  expect(ways.fileIds).toBe(true);
});

it('lists without ids where the file system has none, and remembers it', () => {
  const ways = { fileIds: true };
  const first = listing(ways, undefined, all);
  expect(first.listing.next()).toBe(all);
  first.listing.close();
  expect(first.asked).toEqual(['ids', 'find', 'close find']);
  const second = listing(ways, undefined, all);
  second.listing.next();
  expect(second.asked).toEqual(['find']);
});

it('learns nothing about the file system from a folder that refuses both', () => {
  const ways = { fileIds: true };
  expect(listing(ways, undefined, gone).listing.next()).toBe(gone);
  expect(ways.fileIds).toBe(true);
});
