import { expect, it } from 'vitest';
import { standingOf } from './directory-roles.ts';

const READER = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const SHAREPOINT = 'F28A1F50-F6E7-4571-818B-6A12F2AF6B6C';

it.each([
  [[], 'none'],
  [[READER, 'x'], 'none'],
  [[READER, SHAREPOINT], 'sharepoint-administrator'],
  [[SHAREPOINT, '62e90394-69f5-4237-9190-012177145e10'], 'global-administrator'],
] as const)('who has the roles %j is %s', (ids, standing) => {
  expect(standingOf(ids)).toBe(standing);
});
