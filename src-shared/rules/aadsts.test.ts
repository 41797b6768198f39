import { expect, it } from 'vitest';
import { aadstsNumber, codeOfRefusal } from './aadsts.ts';

it.each([
  ['AADSTS53003: Access has been blocked by Conditional Access policies.', 'sign-in-blocked'],
  ['interaction_required: AADSTS65001: not consented Trace ID: 1', 'sign-in-consent-missing'],
  ['AADSTS700016: Application was not found', 'sign-in-app-unknown'],
  ['AADSTS99999999: of tomorrow', 'sign-in-refused'],
  ['no number at all', 'sign-in-refused'],
])('%s means %s', (said, code) => expect(codeOfRefusal(said)).toBe(code));

it('a number is one only as a whole word', () => {
  expect(aadstsNumber('AADSTS50076: x')).toBe(50_076);
  expect(aadstsNumber('AADSTS')).toBeUndefined();
});
