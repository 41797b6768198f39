import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_NAME, type NamePlace, nameKey, nameReasons, planName, replacements } from './names.ts';

const file: NamePlace = { kind: 'file', atLibraryRoot: false };
const folder: NamePlace = { kind: 'folder', atLibraryRoot: false };
const rootFolder: NamePlace = { kind: 'folder', atLibraryRoot: true };

/** The rules once more, in other words, from Microsoft's page: what planName makes must pass. */
function isAcceptable(name: string, place: NamePlace): boolean {
  const lower = name.toLowerCase();
  const units = [...Array(name.length).keys()].map((i) => name.charCodeAt(i));
  const devices = ['con', 'prn', 'aux', 'nul', '.lock', 'desktop.ini'];
  for (let n = 0; n <= 9; n++) devices.push(`com${n}`, `lpt${n}`);
  return (
    name.length >= 1 &&
    name.length <= 255 &&
    !units.some((unit) => unit < 32 || unit === 127) &&
    ![...'"*:<>?/\\|'].some((character) => name.includes(character)) &&
    name.trim().length > 0 &&
    name.at(0) !== ' ' &&
    name.at(-1) !== ' ' &&
    name.at(-1) !== '.' &&
    !name.startsWith('~$') &&
    !(place.kind === 'folder' && name.startsWith('~')) &&
    !lower.includes('_vti_') &&
    !devices.includes(lower) &&
    !(place.atLibraryRoot && lower === 'forms')
  );
}

/** Names made of what makes trouble, so that rules meet each other. */
const trouble = fc.constantFrom(
  ...['"', '*', ':', '<', '>', '?', '/', '\\', '|', ' ', '.', '~', '~$', '_', 'vti', '_vti_', '_VTI_'],
  ...['CON', 'com1', '.lock', 'desktop', '.ini', 'Forms', '\u0000', '\u001f', '\u007f', '\u0085'],
  ...['a', 'B', '7', 'é', 'e\u0301', 'ß', 'İ', '😀', '：', '␠', '#', '%', "'", '+', 'a'.repeat(240)],
);
const names = fc.oneof(
  fc.array(trouble, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);
const places = fc.record({
  kind: fc.constantFrom('file' as const, 'folder' as const),
  atLibraryRoot: fc.boolean(),
});

function planned(name: string, place = file): string {
  const plan = planName(name, place);
  return plan.ok ? plan.name : plan.code;
}

describe('planName', () => {
  it.each([
    ['Q3: "plan"?.docx', 'Q3： ＂plan＂？.docx', [nameReasons.characters]],
    ['a*b<c>d/e\\f|g', 'a＊b＜c＞d／e＼f｜g', [nameReasons.characters]],
    ['tab\there\u007f', 'tab␉here␡', [nameReasons.control]],
    ['\u0000', '␀', [nameReasons.control]],
    [' both ', '␠both␠', [nameReasons.space]],
    ['   ', '␠ ␠', [nameReasons.space]],
    ['end.', 'end．', [nameReasons.dot]],
    ['..', '.．', [nameReasons.dot]],
    ['~$letter.docx', '～$letter.docx', [nameReasons.tilde]],
    ['x_vti_y', 'x＿vti_y', [nameReasons.vti]],
    ['_vti_VTI_', '＿vti＿VTI_', [nameReasons.vti]],
    ['con', 'con_', [nameReasons.reserved]],
    ['Com9', 'Com9_', [nameReasons.reserved]],
    ['Desktop.INI', 'Desktop_.INI', [nameReasons.reserved]],
    ['.lock', '.lock_', [nameReasons.reserved]],
    ['', '_', [nameReasons.empty]],
    [' a:.', '␠a：．', [nameReasons.characters, nameReasons.space, nameReasons.dot]],
  ])('%j becomes %j', (name, expected, reasons) => {
    expect(planName(name, file)).toEqual({ ok: true, name: expected, changed: true, reasons });
  });

  it.each([
    ['report 2024 (final).xlsx'],
    ['~draft.txt'],
    ["50 % # & ~ { } + ; , ' =.txt"],
    ['CON.txt'],
    ['COM10'],
    ['.gitignore'],
    ['_private'],
    ['vti_a'],
    ['Forms'],
    ['Ünïcödé 😀.md'],
  ])('leaves %j alone', (name) => {
    expect(planName(name, file)).toEqual({ ok: true, name, changed: false, reasons: [] });
  });

  it('knows what folders may not be called', () => {
    expect(planned('~old', folder)).toBe('～old');
    expect(planned('~$old', folder)).toBe('～$old');
    expect(planned('forms', folder)).toBe('forms');
    expect(planned('FORMS', rootFolder)).toBe('FORMS_');
    expect(planned('forms', { kind: 'file', atLibraryRoot: true })).toBe('forms_');
  });

  it.each([
    ['Q3: "plan"?.docx', 'Q3_ _plan__.docx'],
    [' tab\there. ', '_tab_here._'],
    ['end.', 'end_'],
    ['~$letter.docx', '_$letter.docx'],
    ['x_vti_y', 'x-vti_y'],
    [':vti:', '-vti_'],
    ['con', 'con_'],
    ['next\u0085line', 'next\u0085line'],
  ])('%j becomes %j where one character stands for all that is refused', (name, expected) => {
    const plan = planName(name, file, '_');
    expect(plan.ok && plan.name).toBe(expected);
  });

  it('refuses what no replacement can mend', () => {
    expect(planName('half \ud83d pair', file)).toEqual({ ok: false, code: 'name-not-unicode' });
    expect(planName('x'.repeat(256), file)).toEqual({ ok: false, code: 'name-too-long' });
    expect(planned(`${'x'.repeat(254)}:`)).toHaveLength(255);
  });

  it('makes only names that SharePoint takes, is idempotent, and tells the truth about changes', () => {
    fc.assert(
      fc.property(names, places, fc.constantFrom(...replacements), (name, place, replacement) => {
        const plan = planName(name, place, replacement);
        if (!plan.ok) {
          expect(plan.code === 'name-too-long' ? name.length > MAX_NAME : !name.isWellFormed()).toBe(true);
          return;
        }
        expect(isAcceptable(plan.name, place)).toBe(true);
        expect(plan.changed).toBe(plan.name !== name);
        expect(plan.changed).toBe(!isAcceptable(name, place));
        expect(plan.reasons.length > 0).toBe(plan.changed);
        expect(planName(plan.name, place, replacement)).toEqual({ ...plan, changed: false, reasons: [] });
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('nameKey', () => {
  it.each([
    ['Report.DOCX', 'rEPORT.docx'],
    ['É', 'e\u0301'],
    ['ÀÉÎ', 'àéî'],
    ['Ω', 'ω'],
    ['ΟΔΟΣ', 'οδος'],
    ['J\u030c', 'ǰ'],
    ['ДОМ', 'дом'],
  ])('%j and %j are the same name', (a, b) => {
    expect(nameKey(a)).toBe(nameKey(b));
  });

  it.each([
    ['straße', 'strasse'],
    ['ı', 'i'],
    ['İ', 'i'],
    ['é', 'e'],
    ['ａ', 'a'],
    ['ſ', 's'],
    ['a', 'b'],
  ])('%j and %j are two names', (a, b) => {
    expect(nameKey(a)).not.toBe(nameKey(b));
  });

  it('is the same for both normal forms, and idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const key = nameKey(name);
        expect(nameKey(name.normalize('NFD'))).toBe(key);
        expect(nameKey(key)).toBe(key);
      }),
      { numRuns: 3_000 },
    );
  });
});
