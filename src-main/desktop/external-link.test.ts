import { expect, test } from 'vitest';
import { judgeLink } from './external-link.ts';

test.each([
  'https://contoso.sharepoint.com/sites/x/Shared%20Documents',
  'https://learn.microsoft.com/sharepoint',
  'https://portal.azure.com/#home',
])('%s opens', (link) => expect(judgeLink(link).open).toBe('yes'));

test.each([
  ['https://example.com/x', 'example.com'],
  ['https://sharepoint.com.evil.example/', 'sharepoint.com.evil.example'],
  ['https://evilsharepoint.com/', 'evilsharepoint.com'],
  ['https://xn--shrepoint-i1a.com/', 'xn--shrepoint-i1a.com'],
])('%s opens after a question that shows %s', (link, host) => {
  expect(judgeLink(link)).toMatchObject({ open: 'ask', host });
});

test.each([
  'http://contoso.sharepoint.com/',
  'file:///C:/Windows/System32/calc.exe',
  'smb://server/share',
  'ms-settings:',
  'ms-msdt:/id',
  'search-ms:query=x',
  'javascript:alert(1)',
  'data:text/html,x',
  'app://convoy/',
  'https://user:password@contoso.sharepoint.com/',
  'https://contoso.sharepoint.com@evil.example/',
  'https://contoso.sharepoint.com:8443/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://localhost/',
  'https://printer.local/',
  'https://fileserver/',
  '\\\\server\\share',
  'C:\\Windows\\System32\\calc.exe',
  '',
])('%s never opens', (link) => expect(judgeLink(link)).toEqual({ open: 'no' }));
