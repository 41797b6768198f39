import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { QuickXorHash } from '../../src-shared/rules/quick-xor-hash.ts';
import { at, patterned, startBench, treeOf } from './test-support.ts';

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url);
  return Buffer.from(await response.arrayBuffer());
}

describe('files that SharePoint rewrites', () => {
  it.each([200, 500_000])(
    'differ in size and hash after saving, and still open as zips (%d bytes)',
    async (size) => {
      const { upload, graph, drive, tenant } = await startBench();
      const document = Buffer.from(
        zipSync({ 'word/document.xml': [Buffer.from(patterned(size)), { level: 0 }] }),
      );
      const answer = await upload('Letter.DOCX', document);
      expect(at(answer.json, 'size')).toBe(document.length + 64);
      const redirect = await graph('GET', `/drives/${drive}/root:/letter.docx:/content`);
      const stored = await download(redirect.headers.get('location') ?? '');
      expect(stored.length).toBe(document.length + 64);
      expect(at(answer.json, 'file.hashes.quickXorHash')).toBe(new QuickXorHash().update(stored).toBase64());
      expect(patterned(size).equals(unzipSync(stored)['word/document.xml'] ?? new Uint8Array(0))).toBe(true);
      const [entry] = await treeOf(tenant, drive);
      expect(entry?.original).toMatchObject({
        size: document.length,
        quickXor: new QuickXorHash().update(document).toBase64(),
      });
    },
  );

  it('are those of Office and the web, when they are not empty, in libraries', async () => {
    const { upload, graph, drive } = await startBench();
    for (const name of ['a.xlsx', 'b.HTML', 'c.one', 'd.msg']) {
      expect(at((await upload(name, strToU8('x'.repeat(50)))).json, 'size')).toBe(114);
    }
    for (const name of ['a.pdf', 'b.txt', 'docx']) {
      expect(at((await upload(name, strToU8('x'.repeat(50)))).json, 'size')).toBe(50);
    }
    const put = (base: string, name: string, bytes: Uint8Array) =>
      graph('PUT', `${base}/root:/${name}:/content`, bytes);
    expect(at((await put(`/drives/${drive}`, 'empty.docx', new Uint8Array(0))).json, 'size')).toBe(0);
    expect(at((await put(`/drives/${drive}`, 'small.docx', strToU8('12345'))).json, 'size')).toBe(69);
    expect(
      at((await put('/users/alice@contoso.example/drive', 'own.docx', strToU8('12345'))).json, 'size'),
    ).toBe(5);
  });

  it('are left alone, or rewritten everywhere, when told so', async () => {
    const never = await startBench({ officeRewrite: 'never' });
    expect(at((await never.upload('a.docx', patterned(10))).json, 'size')).toBe(10);
    const everywhere = await startBench({ officeRewrite: 'everywhere' });
    const put = await everywhere.graph(
      'PUT',
      '/users/alice@contoso.example/drive/root:/a.docx:/content',
      patterned(10),
    );
    expect(at(put.json, 'size')).toBe(74);
  });
});
