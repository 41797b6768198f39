import type { Person } from './contoso.ts';
import type { PracticeUser } from './entra/directory.ts';
import { namedGuid } from './ids.ts';

type Account = Omit<PracticeUser, 'id' | 'upn'> & { readonly name: string };

/** Accounts that are there to be signed in with: others have a OneDrive and files, these have a role, or trouble. */
const accounts: readonly Account[] = [
  { name: 'sam', displayName: 'Sam Sharepoint', roles: ['sharepoint-administrator'] },
  { name: 'rita', displayName: 'Rita Reader', roles: ['global-reader'] },
  { name: 'paul', displayName: 'Paul Policy', roles: ['global-administrator'], refusedWith: 53003 },
  { name: 'carla', displayName: 'Carla Consent', roles: [], refusedWith: 65001 },
  { name: 'gus', displayName: 'Gus Guest', roles: [], refusedWith: 50020 },
];

/** Everybody who can be picked on the sign-in page. Alice, the first, administers; the other people are plain ones. */
export function practiceUsers(seed: number | string, people: readonly Person[]): readonly PracticeUser[] {
  const plain = people.map(
    ({ id, userPrincipalName, displayName }, i): PracticeUser => ({
      ...{ id, upn: userPrincipalName, displayName },
      roles: i === 0 ? ['global-administrator'] : [],
    }),
  );
  const others = accounts.map(
    ({ name, ...account }): PracticeUser => ({
      ...account,
      id: namedGuid(seed, `account:${name}`),
      upn: `${name}@contoso.example`,
    }),
  );
  return [...plain, ...others];
}
