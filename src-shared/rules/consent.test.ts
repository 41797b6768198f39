import { expect, it } from 'vitest';
import { adminConsentLink } from './consent.ts';

it.each([
  [
    'https://login.microsoftonline.com',
    'contoso.com',
    'a-b',
    'https://login.microsoftonline.com/contoso.com/',
  ],
  ['https://login.microsoftonline.us/', '', 'a-b', 'https://login.microsoftonline.us/organizations/'],
  ['https://localhost:1', '../x', 'a-b', 'https://localhost:1/..%2Fx/'],
])('the page of consent in %s for "%s"', (authority, tenant, app, start) => {
  expect(adminConsentLink(authority, tenant, app)).toBe(`${start}adminconsent?client_id=${app}`);
});

it('nothing that was typed adds to the address', () => {
  const link = new URL(adminConsentLink('https://login.example', 'a?x=1#y', 'b&scope=all'));
  expect([...link.searchParams]).toEqual([['client_id', 'b&scope=all']]);
  expect(link.hash).toBe('');
});
