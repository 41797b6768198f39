import { execFileSync } from 'node:child_process';
import {
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { SourceEntry } from '../../source.ts';
import { unpack } from '../../threads/packing.ts';
import type { PackedListing } from '../../threads/protocol.ts';
import { packing } from '../../threads/serve-source.ts';
import { Listing } from '../listing.ts';
import { linuxCalls } from './calls.ts';
import { LinuxListing } from './linux-listing.ts';

const calls = await linuxCalls();

describe.skipIf(!calls)('listing with the calls of Linux', () => {
  const root = mkdtempSync(join(tmpdir(), 'convoy-linux-listing-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const device = statSync(root).dev;

  function inLinux(path: string, where = 'x'): PackedListing {
    if (!calls) throw new Error('there are none');
    return new LinuxListing(calls, path, where, device);
  }

  /** Batches of entries, or the code of the problem at the end. */
  function all(listing: PackedListing): (readonly SourceEntry[] | string)[] {
    const batches: (readonly SourceEntry[] | string)[] = [];
    for (;;) {
      const answer = listing.next();
      batches.push(answer.ok ? unpack(answer.value.packed) : answer.problem.code);
      if (!answer.ok || answer.value.last) return batches;
    }
  }

  function sorted(batches: readonly (readonly SourceEntry[] | string)[]): unknown[] {
    return batches.flat().sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }

  it('says what Node says, of everything that can be in a folder', () => {
    const path = join(root, 'odd');
    mkdirSync(join(path, 'folder'), { recursive: true });
    writeFileSync(join(path, 'Übersicht \u{1f600} 1.txt'), 'abc');
    writeFileSync(join(path, 'large'), '');
    execFileSync('truncate', ['-s', '20G', join(path, 'large')]);
    writeFileSync(join(path, 'old'), '');
    execFileSync('touch', ['-d', '1931-03-04 05:06:07.890123456', join(path, 'old')]);
    writeFileSync(join(path, 'fine'), '');
    execFileSync('touch', ['-d', '2026-03-04 05:06:07.999999999', join(path, 'fine')]);
    execFileSync('ln', [join(path, 'fine'), join(path, 'fine too')]);
    execFileSync('mkfifo', [join(path, 'pipe')]);
    symlinkSync('nowhere', join(path, 'link'));
    lutimesSync(join(path, 'link'), 1, 2);
    for (const bytes of [[0xe8], [0xe9], [0xef, 0xbf, 0xbd]])
      writeFileSync(Buffer.concat([Buffer.from(`${path}/caf`), Buffer.from(bytes)]), '');
    const listed = sorted(all(inLinux(path)));
    expect(listed).toHaveLength(11);
    expect(listed).toEqual(sorted(all(packing(new Listing(path, 'x', device)))));
  });

  it.each(['/dev', realpathSync('/proc/self'), '/sys/class', '/etc'])('says what Node says of %s', (path) => {
    // Sizes and times of these change by themselves.
    const named = (listing: PackedListing) =>
      all(listing)
        .flat()
        .map((entry) => (typeof entry === 'string' ? entry : `${entry.kind} ${entry.name} ${entry.fileId}`))
        .sort();
    expect(named(inLinux(path))).toEqual(named(packing(new Listing(path, 'x', device))));
  });

  it.each([999, 1_000, 1_001, 2_500])('lists a folder of %i in batches, each entry once', (width) => {
    const path = join(root, `wide-${width}`);
    mkdirSync(path);
    // Long and short names: what is left of an answer of the system is more than one batch takes.
    const names = Array.from({ length: width }, (_, i) => (i % 9 === 0 ? `${i}`.padEnd(200, 'ü') : `${i}`));
    const short = names.map((name) => name.slice(0, 100));
    for (const name of short) writeFileSync(join(path, name), '');
    const batches = all(inLinux(path));
    expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(1_000);
    const seen = batches.flat().map((entry) => (typeof entry === 'string' ? entry : entry.name));
    expect(seen.sort()).toEqual(short.sort());
  });

  it('two folders that are listed in turn do not mix', () => {
    const paths = ['one', 'two'].map((name) => join(root, name));
    for (const path of paths) {
      mkdirSync(path);
      for (let i = 0; i < 1_500; i += 1) writeFileSync(join(path, `${path.slice(-3)} ${i}`), '');
    }
    const listings = paths.map((path) => inLinux(path));
    const seen = paths.map(() => new Set<string>());
    for (let turn = 0; turn < 2; turn += 1) {
      listings.forEach((listing, i) => {
        const answer = listing.next();
        for (const { name } of answer.ok ? unpack(answer.value.packed) : []) seen[i]?.add(name);
      });
    }
    expect(seen.map((names) => names.size)).toEqual([1_500, 1_500]);
    expect([...(seen[0] ?? [])].every((name) => name.startsWith('one'))).toBe(true);
  });

  it('does not follow a link that took the place of a folder, except at the root', () => {
    symlinkSync('/etc', join(root, 'was-a-folder'));
    expect(all(inLinux(join(root, 'was-a-folder')))).toEqual(['folder-vanished']);
    expect(all(inLinux(join(root, 'was-a-folder'), '')).flat().length).toBeGreaterThan(1);
  });

  it('says why a folder cannot be listed', () => {
    expect(all(inLinux(join(root, 'none')))).toEqual(['folder-vanished']);
    writeFileSync(join(root, 'file'), '');
    expect(all(inLinux(join(root, 'file')))).toEqual(['folder-vanished']);
  });
});
