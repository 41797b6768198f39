import type { signInCodes } from '../../../src-shared/catalogue/sign-in-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deSignInCodes: Readonly<Record<keyof typeof signInCodes, CodeText>> = {
  'sign-in-needed': text(
    'Jemand muss sich neu anmelden',
    'Die Anmeldung dieses Computers ist zu Ende: Sie lief ab, das Kennwort wurde geändert, sie wurde beendet, oder eine Richtlinie verlangt einen neuen Nachweis.',
    'Melden Sie sich neu an, über das Kontomenü oder mit convoy sign-in. Was darauf wartet, geht von selbst weiter; nichts geht verloren.',
  ),
  'sign-in-cancelled': text(
    'Die Anmeldung wurde abgebrochen',
    'Sie wurde hier beendet, oder auf der Seite von Microsoft wurde Nein gesagt. Nichts wurde geändert.',
    'Beginnen Sie von vorn, wann immer Sie möchten.',
  ),
  'sign-in-timed-out': text(
    'Niemand hat sich rechtzeitig angemeldet',
    'Die Seite von Microsoft wurde geschlossen oder verlassen, oder sie zeigte einen Fehler, den sie sonst niemandem sagt.',
    'Beginnen Sie von vorn. Zeigte die Seite einen Fehler, so sagt ihr AADSTS-Code, was zu tun ist.',
  ),
  'sign-in-consent-missing': text(
    'Der App wurden ihre Berechtigungen nicht erteilt',
    'Niemand in der Organisation hat dem zugestimmt, was die App verlangt, oder nur ein Administrator darf es.',
    'Lassen Sie einen Administrator die Berechtigungen der App in Microsoft Entra erteilen (API-Berechtigungen, Administratorzustimmung), und melden Sie sich neu an.',
  ),
  'sign-in-blocked': text(
    'Eine Richtlinie der Organisation verhindert die Anmeldung',
    'Bedingter Zugriff, die der App zugewiesenen Benutzer oder der Zustand des Kontos lassen dieses Konto so nicht ein.',
    'Melden Sie sich von einem Gerät und Ort an, die die Richtlinie erlaubt, im Browser statt mit Code, oder fragen Sie einen Administrator.',
  ),
  'sign-in-app-missing': text(
    'Es ist keine App genannt, mit der man sich anmeldet',
    'Personen melden sich mit einer App an, die in der Organisation registriert ist. Diese Cloud hat keine, die Convoy kennt.',
    'Registrieren Sie eine in Microsoft Entra, für den Desktop und mit http://localhost, und geben Sie ihre Client-ID an (--client-id).',
  ),
  'sign-in-app-unknown': text(
    'Die Organisation kennt diese App nicht',
    'Keine App mit dieser Client-ID ist dort registriert, oder niemand hat ihr zugestimmt; oder es ist eine andere Organisation oder Cloud als gemeint.',
    'Prüfen Sie Client-ID, Organisation und Cloud.',
  ),
  'sign-in-tenant-unknown': text(
    'In dieser Cloud gibt es keine solche Organisation',
    'Microsoft Entra kennt in der gewählten Cloud weder eine ID noch eine Domäne wie diese.',
    'Prüfen Sie die Organisation auf einen Tippfehler, und die Cloud.',
  ),
  'sign-in-wrong-tenant': text(
    'Das Konto gehört zu einer anderen Organisation',
    'Das gewählte Konto ist keines der Organisation, bei der die Anmeldung sein sollte. Die Anmeldung von vorher bleibt.',
    'Wählen Sie auf der Seite von Microsoft ein Konto dieser Organisation.',
  ),
  'sign-in-wrong-cloud': text(
    'Konto oder App gehören zu einer anderen Cloud',
    'Konten und Apps einer Cloud (global, GCC High, DoD, 21Vianet) bedeuten in einer anderen nichts.',
    'Wählen Sie die Cloud, in der die Organisation lebt (--cloud).',
  ),
  'sign-in-clock-wrong': text(
    'Die Uhr dieses Computers geht falsch',
    'Microsoft Entra nimmt eine unterschriebene Aussage nur an, wenn ihre Zeit höchstens fünf Minuten von der eigenen abweicht.',
    'Stellen Sie die Uhr, oder lassen Sie sie einem Zeitserver folgen, und versuchen Sie es erneut.',
  ),
  'sign-in-not-public': text(
    'Mit dieser App können sich Personen so nicht anmelden',
    'Ihre Registrierung erlaubt keine öffentlichen Clientflüsse, die ein Gerätecode braucht, oder hat keine Plattform für Desktopanwendungen.',
    'Erlauben Sie in der Registrierung der App öffentliche Clientflüsse, und fügen Sie die Desktop-Plattform mit http://localhost hinzu.',
  ),
  'sign-in-loopback': text(
    'Der Browser kann seine Antwort nicht übergeben',
    'Auf diesem Computer ließ sich kein Port für die Antwort der Anmeldeseite öffnen.',
    'Melden Sie sich stattdessen mit einem Gerätecode an.',
  ),
  'sign-in-given': text(
    'Die Anmeldung ist von außen vorgegeben',
    'Optionen oder Variablen (CONVOY_TENANT, CONVOY_CLIENT_ID, CONVOY_CERTIFICATE) sagen, wie sich dieser Computer anmeldet, und sie gehen vor.',
    'Starten Sie Convoy ohne sie, um sich hier anzumelden.',
  ),
  'certificate-not-registered': text(
    'Die App kennt dieses Zertifikat nicht',
    'Bei der App ist kein Zertifikat mit diesem Fingerabdruck hinterlegt, oder das hinterlegte ist abgelaufen.',
    'Laden Sie das Zertifikat (.cer) in Microsoft Entra zur App hoch. Bis es gilt, können einige Minuten vergehen.',
  ),
};
