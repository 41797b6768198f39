import { entry } from './entry.ts';

/** What can be wrong with sign-in and the tenant. */
export const tenantCodes = {
  'sign-in-incomplete': entry(
    'error',
    'never',
    'tenant',
    'you',
    'The sign-in is not set up',
    'Nobody is signed in on this machine; or of tenant, client id and certificate, at least one is missing.',
    'Say convoy sign-in, sign in in the app, or give --tenant, --client-id and --certificate (CONVOY_TENANT, CONVOY_CLIENT_ID, CONVOY_CERTIFICATE).',
  ),
  'certificate-unreadable': entry(
    'error',
    'never',
    'tenant',
    'you',
    'The certificate file cannot be used',
    'The file is missing, or does not hold an unencrypted private key and a certificate in PEM form that belong together.',
    'Give a PEM file with both, for instance made by: openssl pkcs12 -in app.pfx -nodes -out app.pem',
  ),
  'sign-in-refused': entry(
    'error',
    'never',
    'tenant',
    'tenant-admin',
    'The sign-in was refused',
    'Microsoft Entra does not accept this app, certificate or tenant; the detail has its AADSTS code.',
    'Check tenant, client id, and that this certificate is registered with the app.',
  ),
  'sign-in-unreachable': entry(
    'error',
    'later',
    'tenant',
    'you',
    'Microsoft Entra cannot be reached',
    'No connection to the sign-in service came about: network, proxy, name service, certificate or firewall.',
    'Check the connection of this machine to the host in the detail.',
  ),
  'sign-in-expired': entry(
    'error',
    'later',
    'tenant',
    'you',
    'The sign-in is no longer accepted',
    'The service refuses the token and a fresh one as well: consent or access was withdrawn, or a policy changed.',
    'Sign in again or mend the app registration; work resumes where it stopped.',
  ),
  'cloud-unknown': entry(
    'error',
    'never',
    'tenant',
    'you',
    'There is no such cloud',
    'The name is none of the public clouds, and no readable cloud file has it.',
    'Use global, gcc-high, dod or china, or a JSON file with name, authority, graph and sharePointHostSuffix.',
  ),
} as const;
