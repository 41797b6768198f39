/** The two letters that stand for SIDs which are the same everywhere (MS-DTYP 2.5.1.1), with their usual names. */
const wellKnown: Readonly<Record<string, readonly [sid: string, name: string]>> = {
  WD: ['S-1-1-0', 'Everyone'],
  CO: ['S-1-3-0', 'CREATOR OWNER'],
  CG: ['S-1-3-1', 'CREATOR GROUP'],
  OW: ['S-1-3-4', 'OWNER RIGHTS'],
  NU: ['S-1-5-2', 'NETWORK'],
  IU: ['S-1-5-4', 'INTERACTIVE'],
  SU: ['S-1-5-6', 'SERVICE'],
  AN: ['S-1-5-7', 'ANONYMOUS LOGON'],
  ED: ['S-1-5-9', 'ENTERPRISE DOMAIN CONTROLLERS'],
  PS: ['S-1-5-10', 'SELF'],
  AU: ['S-1-5-11', 'Authenticated Users'],
  RC: ['S-1-5-12', 'RESTRICTED'],
  SY: ['S-1-5-18', 'SYSTEM'],
  LS: ['S-1-5-19', 'LOCAL SERVICE'],
  NS: ['S-1-5-20', 'NETWORK SERVICE'],
  BA: ['S-1-5-32-544', 'Administrators'],
  BU: ['S-1-5-32-545', 'Users'],
  BG: ['S-1-5-32-546', 'Guests'],
  PU: ['S-1-5-32-547', 'Power Users'],
  AO: ['S-1-5-32-548', 'Account Operators'],
  SO: ['S-1-5-32-549', 'Server Operators'],
  PO: ['S-1-5-32-550', 'Print Operators'],
  BO: ['S-1-5-32-551', 'Backup Operators'],
  RE: ['S-1-5-32-552', 'Replicators'],
  RU: ['S-1-5-32-554', 'Pre-Windows 2000 Compatible Access'],
  RD: ['S-1-5-32-555', 'Remote Desktop Users'],
  NO: ['S-1-5-32-556', 'Network Configuration Operators'],
  WR: ['S-1-5-33', 'WRITE RESTRICTED'],
  AC: ['S-1-15-2-1', 'ALL APPLICATION PACKAGES'],
};

const names: ReadonlyMap<string, string> = new Map(Object.values(wellKnown));

/** The SID of a pair of letters; a pair that depends on the domain (`DA`) and a SID stay as they are, in capitals. */
export function fullSid(text: string): string {
  const capital = text.toUpperCase();
  return wellKnown[capital]?.[0] ?? capital.replace('0X', '0x');
}

/** The English name of a SID that is the same on every Windows; undefined for all others. */
export function wellKnownName(sid: string): string | undefined {
  return names.get(sid);
}
