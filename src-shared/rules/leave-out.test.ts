import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../model/settings.ts';
import { type Candidate, leaveOut } from './leave-out.ts';

const file = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  name,
  kind: 'file',
  hidden: false,
  system: false,
  ...more,
});

describe('what is left out', () => {
  it.each([
    ['Thumbs.db', 'system-left-out'],
    ['THUMBS.DB', 'system-left-out'],
    ['desktop.ini', 'system-left-out'],
    ['.DS_Store', 'system-left-out'],
    ['._report.docx', 'system-left-out'],
    ['~$report.docx', 'temporary-left-out'],
    ['draft.TMP', 'temporary-left-out'],
    ['report.docx', undefined],
    ['thumbs.db.bak', undefined],
    ['tmp', undefined],
    ['~draft.docx', undefined],
    ['.hidden', undefined],
    ['$RECYCLE.BIN', undefined],
  ])('file %s -> %s', (name, code) => {
    expect(leaveOut(file(name), defaultSettings)).toBe(code);
  });

  it.each([
    ['$RECYCLE.BIN', 'system-left-out'],
    ['System Volume Information', 'system-left-out'],
    ['DfsrPrivate', 'system-left-out'],
    ['~snapshot', 'system-left-out'],
    ['#recycle', 'system-left-out'],
    ['old.tmp', undefined],
    ['~$odd', undefined],
    ['Thumbs.db', undefined],
  ])('folder %s -> %s', (name, code) => {
    expect(leaveOut(file(name, { kind: 'folder' }), defaultSettings)).toBe(code);
  });

  it('leaves links and special files out whatever the settings say', () => {
    const all = { leaveOutSystem: false, leaveOutTemporary: false };
    expect(leaveOut(file('x', { kind: 'link' }), all)).toBe('link-left-out');
    expect(leaveOut(file('x', { kind: 'special' }), all)).toBe('special-left-out');
  });

  it('can be switched off, but not for lock files of Office, which SharePoint refuses', () => {
    const all = { leaveOutSystem: false, leaveOutTemporary: false };
    expect(leaveOut(file('Thumbs.db'), all)).toBeUndefined();
    expect(leaveOut(file('draft.tmp'), all)).toBeUndefined();
    expect(leaveOut(file('~$report.docx'), all)).toBe('temporary-left-out');
  });

  it('takes hidden and system together for a system file, one of them alone not', () => {
    expect(leaveOut(file('x', { hidden: true, system: true }), defaultSettings)).toBe('system-left-out');
    expect(leaveOut(file('x', { hidden: true }), defaultSettings)).toBeUndefined();
    expect(leaveOut(file('x', { system: true }), defaultSettings)).toBeUndefined();
  });
});
