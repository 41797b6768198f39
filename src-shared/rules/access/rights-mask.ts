/** Rights of the text form (MS-DTYP 2.5.1.1); those of files, then those that everything has, then the nine bits of an object. */
const letters: Readonly<Record<string, number>> = {
  FA: 0x1f_01ff,
  FR: 0x12_0089,
  FW: 0x12_0116,
  FX: 0x12_00a0,
  GA: 0x1000_0000,
  GX: 0x2000_0000,
  GW: 0x4000_0000,
  GR: 0x8000_0000,
  SD: 0x1_0000,
  RC: 0x2_0000,
  WD: 0x4_0000,
  WO: 0x8_0000,
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  KA: 0xf_003f,
  KR: 0x2_0019,
  KW: 0x2_0006,
  KX: 0x2_0019,
  NR: 0x1,
  NW: 0x2,
  NX: 0x4,
};

/** `FA`, `FRFX`, `0x1200a9`, `1179817` or '' as bits. Undefined for anything else. */
export function rightsMask(text: string): number | undefined {
  if (/^0x[0-9a-f]{1,8}$/i.test(text) || /^\d{1,10}$/.test(text)) {
    // A zero before decimal digits makes them octal, as in C.
    const value = /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
    return value <= 0xffff_ffff ? value : undefined;
  }
  if (text.length % 2 !== 0) return undefined;
  let mask = 0;
  for (let at = 0; at < text.length; at += 2) {
    const bits = letters[text.slice(at, at + 2).toUpperCase()];
    if (bits === undefined) return undefined;
    mask |= bits;
  }
  return mask >>> 0;
}

export type AccessLevel = 'full' | 'change' | 'read' | 'none';

const GENERIC: readonly (readonly [bit: number, means: number])[] = [
  [0x1000_0000, 0x1f_01ff],
  [0x2000_0000, 0x12_00a0],
  [0x4000_0000, 0x12_0116],
  [0x8000_0000, 0x12_0089],
];

/** WRITE_DAC and WRITE_OWNER: who may hand out rights has all of them. */
const GOVERN = 0xc_0000;
/** Writing, appending, deleting. */
const CHANGE = 0x1_0000 | 0x2 | 0x4 | 0x40;
const READ = 0x1;

/** What rights come to in SharePoint's terms: Full Control, Contribute, Read, or nothing that is of use there. */
export function accessLevel(mask: number): AccessLevel {
  let rights = mask;
  for (const [bit, means] of GENERIC) if ((mask & bit) !== 0) rights |= means;
  if ((rights & GOVERN) !== 0) return 'full';
  if ((rights & CHANGE) !== 0) return 'change';
  return (rights & READ) !== 0 ? 'read' : 'none';
}
