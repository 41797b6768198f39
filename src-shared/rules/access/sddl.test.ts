import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accessLevel, rightsMask } from './rights-mask.ts';
import { differsFrom, hasOwnRights } from './scope.ts';
import { type AccessEntry, readSddl } from './sddl.ts';
import { fullSid, wellKnownName } from './sids.ts';

const USER = 'S-1-5-21-1004336348-1177238915-682003330-512';

function entry(text: string): AccessEntry | undefined {
  return readSddl(`D:(${text})`)?.entries?.[0];
}

describe('a security descriptor as text', () => {
  it('has owner, group and a list of entries', () => {
    expect(readSddl(`O:BAG:${USER}D:PAI(A;OICI;FA;;;SY)(D;;0x1301bf;;;${USER})(A;OICIIOID;GA;;;CO)`)).toEqual(
      {
        owner: 'S-1-5-32-544',
        group: USER,
        isProtected: true,
        entries: [
          {
            type: 'allow',
            conditional: false,
            inherited: false,
            forFiles: true,
            forFolders: true,
            inheritOnly: false,
            rights: 0x1f_01ff,
            trustee: 'S-1-5-18',
          },
          {
            type: 'deny',
            conditional: false,
            inherited: false,
            forFiles: false,
            forFolders: false,
            inheritOnly: false,
            rights: 0x13_01bf,
            trustee: USER,
          },
          {
            type: 'allow',
            conditional: false,
            inherited: true,
            forFiles: true,
            forFolders: true,
            inheritOnly: true,
            rights: 0x1000_0000,
            trustee: 'S-1-3-0',
          },
        ],
      },
    );
  });

  it('tells a missing list, which lets everybody in, from an empty one, which lets nobody in', () => {
    expect(readSddl('O:BAG:BAD:NO_ACCESS_CONTROL')).toMatchObject({ entries: undefined, isProtected: false });
    expect(readSddl('O:BAG:BA')).toMatchObject({ entries: undefined });
    expect(readSddl('D:P')).toMatchObject({ entries: [], isProtected: true });
    expect(readSddl('D:AI')).toMatchObject({ entries: [], isProtected: false });
  });

  it('takes the letters of a SID for letters, and not for the next part', () => {
    expect(readSddl('O:DAG:DUD:AI(A;ID;FA;;;DD)S:AI(AU;SA;FA;;;WD)')).toMatchObject({
      owner: 'DA',
      group: 'DU',
      entries: [{ trustee: 'DD', inherited: true }],
    });
  });

  it('passes over conditions, with their parentheses and quotes', () => {
    const conditional = '(XA;;FX;;;S-1-1-0;(@User.Title=="PM) (x" && (Member_of {SID(BA)})))';
    expect(readSddl(`D:${conditional}(D;;FR;;;WD)`)?.entries).toMatchObject([
      { type: 'allow', conditional: true, trustee: 'S-1-1-0' },
      { type: 'deny', conditional: false, rights: 0x12_0089 },
    ]);
    expect(entry('AU;SAFA;FA;;;WD')?.type).toBe('other');
  });

  it.each([
    '',
    'nonsense',
    'D:(',
    'D:(A;;FA;;;WD',
    'D:(A;;FA;;;)',
    'D:(A;;QQ;;;WD)',
    'D:(A;O;FA;;;WD)',
    'D:(A;;FA;;;WD)x',
    'O:S-2-5',
    'O:BA;D:',
  ])('is not understood by half: %j', (text) => {
    expect(readSddl(text)).toBeUndefined();
  });

  it('answers for any text, in time that grows with its length', () => {
    const pieces = fc.constantFrom(
      'O:',
      'G:',
      'D:',
      'S:',
      'P',
      'AI',
      '(',
      ')',
      ';',
      'A',
      'FA',
      'BA',
      '"',
      '0x1',
      USER,
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const read = readSddl(text);
          for (const one of read?.entries ?? []) expect(one.rights).toBeGreaterThanOrEqual(0);
        },
      ),
    );
    expect(readSddl(`D:${'('.repeat(100_000)}`)).toBeUndefined();
  });

  it('reads back any list that is written', () => {
    const flags = fc.subarray(['OI', 'CI', 'NP', 'IO', 'ID']);
    const one = fc.record({
      type: fc.constantFrom('A', 'D'),
      flags,
      mask: fc.nat(0xffff_fff),
      sid: fc.nat(4_000_000),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), fc.boolean(), (all, isProtected) => {
        const aces = all.map(
          (a) => `(${a.type};${a.flags.join('')};0x${a.mask.toString(16)};;;S-1-5-21-1-2-3-${a.sid})`,
        );
        const read = readSddl(`O:BAG:SYD:${isProtected ? 'P' : ''}${aces.join('')}`);
        expect(read?.isProtected).toBe(isProtected);
        expect(read?.entries?.map((e) => [e.type, e.inherited, e.inheritOnly, e.rights, e.trustee])).toEqual(
          all.map((a) => [
            a.type === 'A' ? 'allow' : 'deny',
            a.flags.includes('ID'),
            a.flags.includes('IO'),
            a.mask,
            `S-1-5-21-1-2-3-${a.sid}`,
          ]),
        );
      }),
    );
  });
});

describe('rights', () => {
  it.each([
    ['FA', 0x1f_01ff, 'full'],
    ['0x1f01ff', 0x1f_01ff, 'full'],
    ['GA', 0x1000_0000, 'full'],
    ['FRWO', 0x1a_0089, 'full'],
    ['0x1301bf', 0x13_01bf, 'change'],
    ['FRFW', 0x12_019f, 'change'],
    ['GW', 0x4000_0000, 'change'],
    ['SDRCWDWO', 0xf_0000, 'full'],
    ['SD', 0x1_0000, 'change'],
    ['0x1200a9', 0x12_00a9, 'read'],
    ['FRFX', 0x12_00a9, 'read'],
    ['GRGX', 0xa000_0000, 'read'],
    ['1179785', 0x12_0089, 'read'],
    ['04', 4, 'change'],
    ['FX', 0x12_00a0, 'none'],
    ['', 0, 'none'],
  ])('%s', (text, mask, level) => {
    expect(rightsMask(text)).toBe(mask);
    expect(accessLevel(mask)).toBe(level);
  });

  it.each(['F', 'FAF', 'XX', '0x', '0x123456789', '99999999999', '-1'])('%s are none', (text) => {
    expect(rightsMask(text)).toBeUndefined();
  });
});

it('knows the SIDs that are the same everywhere', () => {
  expect(fullSid('BU')).toBe('S-1-5-32-545');
  expect(fullSid('DA')).toBe('DA');
  expect(fullSid('s-1-5-18')).toBe('S-1-5-18');
  expect(wellKnownName('S-1-1-0')).toBe('Everyone');
  expect(wellKnownName(USER)).toBeUndefined();
});

describe('a permission scope of its own', () => {
  it.each([
    ['only inherited entries', 'D:AI(A;OICIID;FA;;;BA)(A;ID;FR;;;BU)', false],
    ['an entry of its own besides', 'D:AI(A;;FA;;;BU)(A;OICIID;FA;;;BA)', true],
    ['a list that inherits nothing', 'D:PAI(A;OICI;FA;;;BA)', true],
    ['no list', 'D:NO_ACCESS_CONTROL', true],
    ['an empty list that would inherit', 'D:AI', false],
  ])('%s', (_, sddl, own) => {
    const list = readSddl(sddl);
    expect(list && hasOwnRights(list)).toBe(own);
  });

  it.each([
    ['the same', { user: 1, group: 2, mode: 0o755 }, 'folder', false],
    ['another owner', { user: 9, group: 2, mode: 0o755 }, 'folder', true],
    ['another group', { user: 1, group: 9, mode: 0o755 }, 'file', true],
    ['a folder that others may not enter', { user: 1, group: 2, mode: 0o754 }, 'folder', true],
    ['a file that cannot be run', { user: 1, group: 2, mode: 0o644 }, 'file', false],
    ['a file that others may not read', { user: 1, group: 2, mode: 0o640 }, 'file', true],
    ['a folder that hands its group down', { user: 1, group: 2, mode: 0o2755 }, 'folder', false],
  ] as const)('by owner, group and mode: %s', (_, rights, kind, differs) => {
    const above = { system: 'posix', user: 1, group: 2, mode: 0o755 } as const;
    expect(differsFrom(above, { system: 'posix', ...rights }, kind)).toBe(differs);
  });
});
