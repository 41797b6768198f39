import type { tenantCodes } from '../../../src-shared/catalogue/tenant-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deTenantCodes: Readonly<Record<keyof typeof tenantCodes, CodeText>> = {
  'sign-in-incomplete': text(
    'Die Anmeldung ist nicht eingerichtet',
    'Auf diesem Computer ist niemand angemeldet; oder von Mandant, Client-ID und Zertifikat fehlt mindestens eines.',
    'Sagen Sie convoy sign-in, melden Sie sich in der App an, oder geben Sie --tenant, --client-id und --certificate an (CONVOY_TENANT, CONVOY_CLIENT_ID, CONVOY_CERTIFICATE).',
  ),
  'certificate-unreadable': text(
    'Die Zertifikatsdatei ist nicht brauchbar',
    'Die Datei fehlt, oder sie enthält nicht einen unverschlüsselten privaten Schlüssel und ein Zertifikat in PEM-Form, die zusammengehören.',
    'Geben Sie eine PEM-Datei mit beiden an, z. B. erzeugt mit: openssl pkcs12 -in app.pfx -nodes -out app.pem',
  ),
  'sign-in-refused': text(
    'Die Anmeldung wurde abgelehnt',
    'Microsoft Entra nimmt diese App, dieses Zertifikat oder diesen Mandanten nicht an; die Einzelheit nennt den AADSTS-Code.',
    'Prüfen Sie Mandant und Client-ID, und ob dieses Zertifikat bei der App hinterlegt ist.',
  ),
  'sign-in-unreachable': text(
    'Microsoft Entra ist nicht erreichbar',
    'Es kam keine Verbindung zum Anmeldedienst zustande: Netz, Proxy, Namensauflösung, Zertifikat oder Firewall.',
    'Prüfen Sie die Verbindung dieses Computers zum Host in der Einzelheit.',
  ),
  'sign-in-expired': text(
    'Die Anmeldung wird nicht mehr angenommen',
    'Der Dienst lehnt das Token ab und ein frisches ebenso: Zustimmung oder Zugriff wurden entzogen, oder eine Richtlinie hat sich geändert.',
    'Melden Sie sich neu an oder bringen Sie die App-Registrierung in Ordnung; die Arbeit geht weiter, wo sie aufhörte.',
  ),
  'cloud-unknown': text(
    'Diese Cloud gibt es nicht',
    'Der Name ist keiner der öffentlichen Clouds, und keine lesbare Cloud-Datei trägt ihn.',
    'Nehmen Sie global, gcc-high, dod oder china, oder eine JSON-Datei mit name, authority, graph und sharePointHostSuffix.',
  ),
};
