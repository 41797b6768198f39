import type { SignInText } from './sign-in-en.ts';

export const signInDe: SignInText = {
  title: 'Anmeldung',
  loading: 'Es wird gefragt, wer angemeldet ist',
  account: 'Konto',
  open: 'Konto und Anmeldung',
  signIn: 'Anmelden',
  again: 'Neu anmelden',
  signOut: 'Abmelden',
  nobody: 'Niemand ist angemeldet',
  nobodyBody:
    'Convoy kopiert nach Microsoft 365 als die Person, die auf diesem Computer angemeldet ist. Ohne sie kann es Freigaben ansehen und bewerten.',
  as: (name) => `Angemeldet als ${name}`,
  was: (name) => `Angemeldet war ${name}`,
  theApp: 'die App',
  facts: { account: 'Konto', organisation: 'Organisation', cloud: 'Cloud', app: 'App (Client-ID)' },
  cloud: {
    global: 'Microsoft 365 (weltweit, auch GCC)',
    'gcc-high': 'GCC High',
    dod: 'DoD',
    china: '21Vianet (China)',
    practice: 'Übungsmandant auf diesem Computer',
  },
  banner: {
    needed: 'Jemand muss sich neu anmelden',
    neededBody: 'Was die Anmeldung braucht, wartet auf sie und geht von selbst weiter. Nichts geht verloren.',
    show: 'Anmeldung zeigen',
  },
  form: {
    title: 'Als Person anmelden',
    intro:
      'Die Seite von Microsoft öffnet sich in Ihrem eigenen Browser, mit Ihren Passkeys und der einmaligen Anmeldung Ihrer Firma. Convoy sieht nie ein Kennwort.',
    cloud: 'Cloud',
    cloudHint: 'Wo die Organisation lebt. Die meisten sind weltweit.',
    organisation: 'Organisation (freiwillig)',
    organisationHint: 'Eine Domäne wie contoso.com oder ihre ID. Ohne sie entscheidet das Konto.',
    app: 'App (Client-ID)',
    appKnown: 'Convoy kennt hier eine App. Eine andere nur, wenn Ihre Organisation eine eigene hat.',
    appNeeded: 'Die ID der App, die Ihre Organisation für Convoy registriert hat. Die Anleitung sagt, wie.',
    wrongApp: 'Eine ID sieht so aus: 00000000-0000-0000-0000-000000000000',
    browser: 'Im Browser anmelden',
    code: 'Stattdessen mit einem Code',
    codeHint: 'Kein Browser auf diesem Computer? Ein Code lässt sich auf jedem anderen Gerät eintippen.',
    other: 'Als jemand anderes anmelden',
  },
  attempt: {
    starting: 'Microsoft wird nach der Seite gefragt',
    browser: 'Melden Sie sich auf der Seite in Ihrem Browser an',
    browserBody:
      'Die Seite von Microsoft hat sich geöffnet. Kommen Sie zurück, wenn sie es sagt; hier ist nichts einzutippen.',
    openAgain: 'Seite noch einmal öffnen',
    copyAddress: 'Adresse der Seite kopieren',
    code: 'Tippen Sie diesen Code auf der Seite von Microsoft ein',
    codeBody:
      'Öffnen Sie auf irgendeinem Gerät diese Seite und tippen Sie den Code ein. Nur, wenn Sie diese Anmeldung selbst begonnen haben.',
    codeLabel: 'Code',
    copyCode: 'Code kopieren',
    left: (time) => `Wartet noch ${time}`,
    leftLabel: 'Übrige Zeit',
    finishing: 'Microsoft hat geantwortet: die Anmeldung wird geholt',
    cancel: 'Anmeldung abbrechen',
  },
  done: (name) => `${name} ist angemeldet.`,
  next: 'Zur Übersicht',
  retry: {
    browser: 'Noch einmal im Browser',
    code: 'Noch einmal mit einem Code',
  },
  signOutTitle: 'Auf diesem Computer abmelden?',
  signOutBody:
    'Alles, was von der Anmeldung aufgehoben war, wird vergessen. Kopien, die unterwegs sind, warten, bis sich jemand derselben Organisation anmeldet; nichts geht verloren.',
  role: {
    title: 'Rolle',
    asking: 'Es wird nach der Rolle gefragt',
    again: 'Noch einmal fragen',
    name: {
      'global-administrator': 'Globaler Administrator',
      'sharepoint-administrator': 'SharePoint-Administrator',
      none: 'Weder globaler noch SharePoint-Administrator',
      unknown: 'Die Organisation verrät die Rolle nicht',
      application: 'Eine App: Ihre Berechtigungen zählen, keine Rolle',
    },
    means: {
      'global-administrator':
        'Nichts fehlt. Eine Rolle macht aber niemanden zum Mitglied einer Website: Wo Schreiben abgelehnt wird, werden Sie dort Mitglied.',
      'sharepoint-administrator':
        'Nichts fehlt. Eine Rolle macht aber niemanden zum Mitglied einer Website: Wo Schreiben abgelehnt wird, werden Sie dort Mitglied. Berechtigungen der App erteilt ein globaler Administrator.',
      none: 'Convoy kopiert in Websites, in die diese Person schreiben darf, und in ihr eigenes OneDrive. Was für eine ganze Organisation fehlt: die Rolle SharePoint-Administrator, um Websites und OneDrives anlegen zu lassen und sich selbst als Mitglied einzutragen. Ein globaler Administrator gibt sie in Microsoft Entra, Rollen und Administratoren.',
      unknown:
        'Convoy kopiert überall, wo diese Person schreiben darf; es kann also reichen. Um sicher zu sein, sehen Sie in Microsoft Entra, Rollen und Administratoren, nach, ob sie globaler oder SharePoint-Administrator ist.',
      application:
        'Sie schreibt, so weit ihre Berechtigungen reichen: in alle Websites oder in die, die ihr gegeben wurden.',
    },
  },
  consent: {
    title: 'Was die App darf, und warum',
    intro:
      'Convoy handelt mit den Rechten der Person: Niemand sieht oder schreibt damit etwas, was er nicht selbst könnte. Ein Administrator erteilt die Berechtigungen einmal für die Organisation.',
    why: {
      'Sites.ReadWrite.All': 'um Websites und Bibliotheken zu finden und in sie zu schreiben',
      'Files.ReadWrite.All':
        'um Ordner anzulegen, Dateien hochzuladen und Kopiertes zum Prüfen zurückzulesen',
      'User.Read.All': 'um die Person zu finden, die zu einem Windows-Konto gehört',
      'GroupMember.Read.All': 'um die Gruppe zu finden, die zu einer Windows-Gruppe gehört',
    },
    never: 'Es löscht nie etwas am Ziel, liest keine Post und ändert keine Einstellungen der Organisation.',
    link: 'Für einen Administrator',
    linkHint:
      'Berechtigungen erteilt jemand anderes? Senden Sie diesen Link. Endet die Seite bei localhost und zeigt nichts, gilt die Zustimmung trotzdem.',
    noApp: 'Sobald eine App genannt ist, steht hier ein Link für einen Administrator.',
    copy: 'Link kopieren',
    copyMail: 'Text für eine Mail kopieren',
    mail: (link, permissions) =>
      `Bitte erteilen Sie der App für Convoy ihre Berechtigungen in unserer Organisation. Convoy kopiert Dateifreigaben nach SharePoint Online. Es verlangt ${permissions} (Microsoft Graph, delegiert) und kann damit nicht mehr als die Person, die sich anmeldet. Die Seite von Microsoft dafür: ${link}`,
  },
};
