import { describe, expect, it } from 'vitest';
import type { RemoteItem } from '../destination.ts';
import type { DriveLink } from './drive-link.ts';
import { Membership, MOST_WAITING } from './membership.ts';

const item = (id: string, parent: string, kind: RemoteItem['kind'] = 'folder'): RemoteItem => {
  return { id, parent, name: id, kind, size: 0, modified: 0, tag: 't', hash: undefined };
};
const ids = (items: readonly RemoteItem[]) => items.map(({ id }) => id);

/** Membership of a drive whose folders can be asked for; `asked` are those that were. */
function membershipOf(parents: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const graph = {
    call: async ({ url }: { url: URL }) => {
      const id = url.pathname.split('/').at(-1) ?? '';
      asked.push(id);
      const parent = parents[id];
      const body = { id, name: id, eTag: 't', folder: {}, parentReference: parent ? { id: parent } : {} };
      const text = JSON.stringify({
        ...body,
        fileSystemInfo: { lastModifiedDateTime: '2026-01-01T00:00:00Z' },
      });
      return { ok: true, value: { status: 200, text, headers: {}, requestId: '', doubtful: false } };
    },
  };
  const urls = {
    item: (id: string) => `/items/${id}`,
    selected: (path: string) => new URL(path, 'https://x'),
  };
  return { asked, membership: new Membership({ graph, urls } as unknown as DriveLink, 'root') };
}

describe('what is below a folder of a drive', () => {
  it('is sorted as soon as the parent is known, whichever comes first', () => {
    const { membership, asked } = membershipOf({});
    const first = membership.sort([
      item('file', 'sub', 'file'),
      item('sub', 'root'),
      item('orphan', 'later'),
    ]);
    expect([ids(first.inside), first.outside]).toEqual([['sub', 'file'], []]);
    const second = membership.sort([item('later', 'sub')]);
    expect(ids(second.inside)).toEqual(['later', 'orphan']);
    expect(asked).toEqual([]);
  });

  it('is found out by asking for parents that nobody brought, each once', async () => {
    const { membership, asked } = membershipOf({ a: 'b', b: 'root', c: 'top' });
    membership.sort([item('1', 'a', 'file'), item('2', 'a', 'file'), item('3', 'c', 'file'), item('4', 'b')]);
    const settled = await membership.settle({});
    expect(settled).toMatchObject({ ok: true, value: { outside: ['3'] } });
    expect(settled.ok && ids(settled.value.inside).toSorted()).toEqual(['1', '2', '4']);
    expect(asked.toSorted()).toEqual(['a', 'b', 'c', 'top']);
  });

  it('follows a folder that was moved', () => {
    const { membership } = membershipOf({});
    membership.sort([item('sub', 'root'), item('away', 'sub')]);
    const moved = membership.sort([item('elsewhere', 'sub'), item('away', 'elsewhere')]);
    expect(ids(moved.inside)).toEqual(['elsewhere', 'away']);
  });

  it('says when more waits than is to be held', async () => {
    const { membership, asked } = membershipOf({ late: 'top' });
    const crowd = Array.from({ length: MOST_WAITING }, (_, n) => item(`${n}`, 'late', 'file'));
    expect(membership.sort(crowd).outside).toEqual([]);
    expect(membership.crowded).toBe(false);
    membership.sort([item('one more', 'late', 'file')]);
    expect(membership.crowded).toBe(true);
    const settled = await membership.settle({});
    expect(settled.ok && settled.value.outside).toHaveLength(MOST_WAITING + 1);
    expect([membership.crowded, asked]).toEqual([false, ['late', 'top']]);
  });
});
