import type { DelegatedPermission } from '../../src-shared/rules/consent.ts';
import type { Standing } from '../../src-shared/rules/directory-roles.ts';

/** The words of signing in. */
export const signInEn = {
  title: 'Sign-in',
  loading: 'Asking who is signed in',
  account: 'Account',
  open: 'Account and sign-in',
  signIn: 'Sign in',
  again: 'Sign in again',
  signOut: 'Sign out',
  nobody: 'Nobody is signed in',
  nobodyBody:
    'Convoy copies into Microsoft 365 as whoever is signed in on this machine. Without that it can look at shares and assess them.',
  as: (name: string) => `Signed in as ${name}`,
  was: (name: string) => `Was signed in as ${name}`,
  theApp: 'the app',
  facts: { account: 'Account', organisation: 'Organisation', cloud: 'Cloud', app: 'App (client id)' },
  /** Of a cloud that has a name of its own, that name. */
  cloud: {
    global: 'Microsoft 365 (worldwide, also GCC)',
    'gcc-high': 'GCC High',
    dod: 'DoD',
    china: '21Vianet (China)',
    practice: 'Practice tenant on this computer',
  },
  banner: {
    needed: 'Somebody has to sign in again',
    neededBody: 'What needs the sign-in waits for it and goes on by itself. Nothing is lost.',
    show: 'Show the sign-in',
  },
  form: {
    title: 'Sign in as a person',
    intro:
      'The page of Microsoft opens in your own browser, with your passkeys and the single sign-on of your company. Convoy never sees a password.',
    cloud: 'Cloud',
    cloudHint: 'Where the organisation lives. Most are worldwide.',
    organisation: 'Organisation (optional)',
    organisationHint: 'A domain such as contoso.com, or its id. Without one the account decides.',
    app: 'App (client id)',
    appKnown: 'Convoy knows an app here. Another one only if your organisation has one of its own.',
    appNeeded: 'The id of the app that your organisation registered for Convoy. The guide says how.',
    wrongApp: 'An id looks like 00000000-0000-0000-0000-000000000000',
    browser: 'Sign in with the browser',
    code: 'Use a code instead',
    codeHint: 'No browser on this computer? A code can be typed on any other device.',
    other: 'Sign in as somebody else',
  },
  attempt: {
    starting: 'Asking Microsoft for the page',
    browser: 'Sign in on the page in your browser',
    browserBody:
      'The page of Microsoft has opened. Come back here when it says so; nothing has to be typed here.',
    openAgain: 'Open the page again',
    copyAddress: 'Copy the address of the page',
    code: 'Type this code on the page of Microsoft',
    codeBody:
      'On any device, open this page and type the code. Only do that if you began this sign-in yourself.',
    codeLabel: 'Code',
    copyCode: 'Copy the code',
    left: (time: string) => `Waits for another ${time}`,
    leftLabel: 'Time left',
    finishing: 'Microsoft has answered: fetching the sign-in',
    cancel: 'Cancel the sign-in',
  },
  done: (name: string) => `${name} is signed in.`,
  next: 'Go to the overview',
  retry: {
    browser: 'Try again with the browser',
    code: 'Try again with a code',
  },
  signOutTitle: 'Sign out on this machine?',
  signOutBody:
    'All that was kept of the sign-in is forgotten. Copies that are under way wait until somebody of the same organisation signs in; nothing is lost.',
  role: {
    title: 'Role',
    asking: 'Asking for the role',
    again: 'Ask again',
    name: {
      'global-administrator': 'Global administrator',
      'sharepoint-administrator': 'SharePoint administrator',
      none: 'Neither Global nor SharePoint administrator',
      unknown: 'The organisation does not tell the role',
      application: 'An app: its permissions count, not a role',
    } satisfies Record<Standing, string>,
    means: {
      'global-administrator':
        'Nothing is missing. A role makes nobody a member of a site, though: where writing is refused, become a member of that site.',
      'sharepoint-administrator':
        'Nothing is missing. A role makes nobody a member of a site, though: where writing is refused, become a member of that site. Permissions of the app are granted by a Global administrator.',
      none: 'Convoy copies into sites where this person may write, and into their own OneDrive. What is missing for a whole organisation: the role SharePoint administrator, to have sites and OneDrives made and oneself added as a member. A Global administrator gives it in Microsoft Entra, Roles and administrators.',
      unknown:
        'Convoy copies wherever this person may write, so it may be enough. To be sure, look up in Microsoft Entra, Roles and administrators, whether the person is Global or SharePoint administrator.',
      application: 'It writes where its permissions reach: in all sites, or in those that it was given.',
    } satisfies Record<Standing, string>,
  },
  consent: {
    title: 'What the app may do, and why',
    intro:
      'Convoy acts with the rights of the person: nobody gets to see or write through it what they could not themselves. An administrator grants the permissions once for the organisation.',
    why: {
      'Sites.ReadWrite.All': 'to find sites and libraries, and to write into them',
      'Files.ReadWrite.All':
        'to make folders, to upload files, and to read back what was copied to verify it',
      'User.Read.All': 'to find the person that belongs to a Windows account',
      'GroupMember.Read.All': 'to find the group that belongs to a Windows group',
    } satisfies Record<DelegatedPermission, string>,
    never: 'It never deletes at the destination, reads no mail, and changes no settings of the organisation.',
    link: 'For an administrator',
    linkHint:
      'Somebody else grants permissions? Send this link. If the page ends at localhost and shows nothing, the consent counts all the same.',
    noApp: 'As soon as an app is named, a link for an administrator is here.',
    copy: 'Copy the link',
    copyMail: 'Copy a text for a mail',
    mail: (link: string, permissions: string) =>
      `Please grant the app for Convoy its permissions in our organisation. Convoy copies file shares into SharePoint Online. It asks for ${permissions} (Microsoft Graph, delegated), so it can do no more than whoever signs in. The page of Microsoft for it: ${link}`,
  },
};
export type SignInText = typeof signInEn;
