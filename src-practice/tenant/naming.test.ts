import { describe, expect, it } from 'vitest';
import { nameKey } from './name-key.ts';
import { refusedName } from './naming.ts';
import { at, encodePath, patterned, refusal, startBench } from './test-support.ts';

const ok = (name: string, folder = false, atRoot = false) =>
  refusedName({ name, folder, atRoot }) === undefined;

describe('names', () => {
  it.each([...'"*:<>?/\\|'].map((c) => `a${c}b`))('refuses %j', (name) => {
    expect(ok(name)).toBe(false);
  });

  it.each([
    ...['', ' a', 'a ', 'a.', '.', '..', 'a\u0000b', 'a\u001fb', 'a\u007fb', 'a\ud800b'],
    ...['CON', 'con', 'Aux', 'nul', 'PRN', 'COM0', 'com9', 'LPT5', '.lock', 'desktop.ini', 'Desktop.INI'],
    ...['a_vti_b', '_VTI_', '~$report.docx', 'x'.repeat(256)],
  ])('refuses %j', (name) => {
    expect(ok(name)).toBe(false);
  });

  it.each([
    ...['#1 100%.txt', "it's", 'a&b{c}~;,+=@!', '.gitignore', 'CON.txt', 'COM10', 'x'.repeat(255)],
    ...['~tilde.txt', '日本語', '👩‍🚀', 'forms', 'a_files', '_private'],
  ])('takes %j', (name) => {
    expect(ok(name)).toBe(true);
  });

  it('refuses folders that begin with a tilde, and forms at the top of a library', () => {
    expect(ok('~temp', true)).toBe(false);
    expect(ok('Forms', true, true)).toBe(false);
    expect(ok('Forms', true, false)).toBe(true);
    expect(ok('Forms', false, true)).toBe(true);
  });

  it('compares without case, letter by letter', () => {
    expect(nameKey('Größe Ärger')).toBe(nameKey('gRÖßE äRGER'));
    expect(nameKey('ΟΔΟΣ')).toBe(nameKey('οδος'));
    expect(nameKey('straße')).not.toBe(nameKey('strasse'));
    expect(nameKey('ı')).not.toBe(nameKey('I'));
    expect(nameKey('e\u0301')).not.toBe(nameKey('é'));
  });

  it('gives its refusals with the codes of Graph, on every way in', async () => {
    const { graph, drive, open } = await startBench();
    expect(refusal(await open('a|b.txt'))).toEqual([400, 'invalidRequest', 'invalidPath']);
    const put = (path: string) =>
      graph('PUT', `/drives/${drive}/root:/${encodePath(path)}:/content`, patterned(1));
    expect(refusal(await put('dir/~$x.docx'))).toEqual([400, 'invalidRequest', 'invalidPath']);
    expect(refusal(await put('bad*dir/x.txt'))).toEqual([400, 'invalidRequest', 'invalidPath']);
    const make = (name: string) => graph('POST', `/drives/${drive}/root/children`, { name, folder: {} });
    expect(refusal(await make('Forms'))).toEqual([400, 'invalidRequest', 'invalidPath']);
    expect((await make('lone \ud800')).status).toBe(400);
    expect((await graph('GET', `/drives/${drive}/root:/%FF`)).status).toBe(400);
    const made = await put('fine.txt');
    const bad = await graph('PATCH', `/drives/${drive}/items/${at(made.json, 'id')}`, { name: 'a?.txt' });
    expect(refusal(bad)).toEqual([400, 'invalidRequest', 'invalidPath']);
  });

  it('takes paths of 400 characters, decoded and from the site on, and refuses 401', async () => {
    const { graph, drive, open, tenant } = await startBench();
    const base = 'sites/finance/Shared Documents/'.length;
    const folder = `${'ä'.repeat(120)}/${'b c'.repeat(40)}/${'#'.repeat(60)}/`;
    const fits = folder + 'n'.repeat(400 - base - folder.length);
    expect((await open(fits)).status).toBe(200);
    expect(refusal(await open(`${fits}m`))).toEqual([400, 'invalidRequest', 'pathIsTooLong']);
    const tree = (await tenant.control.drives()).find(({ id }) => id === drive);
    expect(tree?.path.length).toBe(base - 1);
    // Moving may not make what is below too long either.
    const top = await graph('GET', `/drives/${drive}/root:/${encodePath('ä'.repeat(120))}`);
    const longer = await graph('PATCH', `/drives/${drive}/items/${at(top.json, 'id')}`, {
      name: 'ä'.repeat(255),
    });
    expect(refusal(longer)).toEqual([400, 'invalidRequest', 'pathIsTooLong']);
  });
});
