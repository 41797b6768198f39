import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicClouds } from '../model/cloud.ts';
import { parseDestinationAddress } from './destination-address.ts';

const HOST = 'contoso.sharepoint.com';
const MY = 'contoso-my.sharepoint.com';

function parse(text: string): string {
  const result = parseDestinationAddress(text, publicClouds.global);
  return result.ok ? [result.value.host, ...result.value.segments].join('|') : result.problem.code;
}

const folder = `${HOST}|sites|x|Shared Documents|Sub A`;

describe('parseDestinationAddress', () => {
  it.each([
    [`https://${HOST}`, HOST],
    [`https://${HOST}/`, HOST],
    [`https://${HOST}/sites/x`, `${HOST}|sites|x`],
    [`https://${HOST}/sites/x/Shared%20Documents/Sub%20A`, folder],
    [`https://${HOST}/sites/x/Shared Documents/Sub A/`, folder],
    [`  "https://CONTOSO.sharepoint.com:443//sites/x/Shared Documents//Sub A//"  `, folder],
    [`${HOST}/sites/x/Shared Documents/Sub A`, folder],
    [`http://${HOST}/sites/x/Shared Documents/Sub A`, folder],
    [`https://${HOST}/sites/x/Shared%20Documents/Sub%20A?csf=1&web=1&e=abc#top`, folder],
    [`https://${HOST}/:f:/r/sites/x/Shared%20Documents/Sub%20A?csf=1&web=1&e=AbCdEf`, folder],
    [`https://${HOST}/sites/x/Shared%20Documents/Forms/AllItems.aspx`, `${HOST}|sites|x|Shared Documents`],
    [
      `https://${HOST}/sites/x/Shared%20Documents/Forms/AllItems.aspx?id=%2Fsites%2Fx%2FShared%20Documents%2FSub%20A&viewid=1`,
      folder,
    ],
    [
      `https://${HOST}/sites/x/Shared%20Documents/Forms/AllItems.aspx?RootFolder=%2Fsites%2Fx%2FShared+Documents%2FSub+A&FolderCTID=0x01`,
      folder,
    ],
    [
      `https://${HOST}/sites/x/Shared%20Documents/Forms/AllItems.aspx#InplviewHash1=x`,
      `${HOST}|sites|x|Shared Documents`,
    ],
    [`https://${HOST}/sites/x/SitePages/Home.aspx`, `${HOST}|sites|x`],
    [`https://${HOST}/sites/x/_layouts/15/viewlsts.aspx?view=14`, `${HOST}|sites|x`],
    [`https://${MY}/personal/bob_contoso_com/Documents`, `${MY}|personal|bob_contoso_com|Documents`],
    [
      `https://${MY}/personal/bob_contoso_com/_layouts/15/onedrive.aspx?id=%2Fpersonal%2Fbob%5Fcontoso%5Fcom%2FDocuments%2FA%20B&view=0`,
      `${MY}|personal|bob_contoso_com|Documents|A B`,
    ],
    [
      `https://${MY}/my?id=%2Fpersonal%2Fbob%5Fcontoso%5Fcom%2FDocuments`,
      `${MY}|personal|bob_contoso_com|Documents`,
    ],
    [
      `https://${MY}/my?id=%2Fsites%2Fx%2FShared%20Documents%2FSub%20A&listurl=https%3A%2F%2Fcontoso%2Esharepoint%2Ecom%2Fsites%2Fx%2FShared%20Documents`,
      folder,
    ],
    [`https://${HOST}/sites/x/Docs/C# 100% + 'you'`, `${HOST}|sites|x|Docs|C# 100% + 'you'`],
    [`https://${HOST}/sites/x/Docs/C%23%20100%25%20%2B`, `${HOST}|sites|x|Docs|C# 100% +`],
    [`https://${HOST}/sites/x/Docs/a+b`, `${HOST}|sites|x|Docs|a+b`],
    [`https://${HOST}/sites/x/Docs/Zo%C3%AB`, `${HOST}|sites|x|Docs|Zoë`],
    [`https://${HOST}/sites/x/Docs#`, `${HOST}|sites|x|Docs`],
  ])('%s', (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it.each([
    [''],
    ['finance'],
    ['C:\\Users\\bob'],
    ['\\\\server\\share'],
    ['ftp://contoso.sharepoint.com/sites/x'],
    [`https://user:secret@${HOST}/sites/x`],
    [`https://${HOST}/sites/x/Docs/../Other`],
    [`https://${HOST}/:f:/s/x/EoBq3nVabcdef?e=abc`],
    [`https://${HOST}/:f:/g/personal/bob/EoBq3nVabcdef`],
  ])('%j is no address of a folder', (text) => {
    expect(parse(text)).toBe('destination-url-invalid');
  });

  it.each([
    ['https://contoso.sharepoint.us/sites/x'],
    ['https://contoso.sharepoint.practice/sites/x'],
    ['https://example.com/sites/x'],
    ['https://sharepoint.com/sites/x'],
    ['https://evilsharepoint.com/sites/x'],
    [`https://${HOST}.evil.com/sites/x`],
  ])('%j is in another cloud', (text) => {
    expect(parse(text)).toBe('destination-wrong-cloud');
  });

  it('gives back every folder from its encoded address', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((s) => s.isWellFormed() && !/[\\/]/.test(s) && s !== '.' && s !== '..' && s.trim() === s);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 4 }), (names) => {
        const segments = ['sites', 'x', 'Docs', ...names];
        const text = `https://${HOST}/${segments.map(encodeURIComponent).join('/')}`;
        const result = parseDestinationAddress(text, publicClouds.global);
        fc.pre(!/^(?:_layouts|_api|_vti_bin)$|\.aspx$/i.test(names.join('|')));
        expect(result).toEqual({ ok: true, value: { host: HOST, segments } });
      }),
    );
  });
});
