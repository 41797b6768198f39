import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import { joined, type OddItem, type OddityKind, type PlannedEntry, type Treatment } from './plan.ts';

/** Everything odd is below this folder, but for what must be at the root to be odd. */
export const ODD_FOLDER = 'Odd things';
const SECOND = 1000;
const SPARSE_BYTES = 8 * 1024 * 1024;

type Odd = Omit<OddItem, 'path'>;

const odd = (
  kind: OddityKind,
  treatment: Treatment,
  code?: Code,
  twinOf?: string,
): { readonly odd: Odd } => ({
  odd: {
    kind,
    treatment,
    ...(code === undefined ? {} : { code }),
    ...(twinOf === undefined ? {} : { twinOf }),
  },
});

interface FileOptions {
  readonly size?: number;
  readonly content?: 'bytes' | 'document' | 'sparse';
  readonly modified?: number;
  readonly unreadable?: true;
  readonly rawName?: Uint8Array;
}

/** Collects entries, with the folders that they need. */
const createCollector = (modified: number) => {
  const entries: PlannedEntry[] = [];
  const folders = new Set<string>(['']);

  const folder = (path: string, extra: { odd?: Odd; unreadable?: true } = {}): string => {
    if (folders.has(path)) return path;
    const cut = path.lastIndexOf('/');
    if (cut > 0) folder(path.slice(0, cut));
    folders.add(path);
    entries.push({ type: 'folder', path, modified, ...extra });
    return path;
  };
  const file = (
    parent: string,
    name: string,
    what: { odd?: Odd } = {},
    options: FileOptions = {},
  ): string => {
    const path = joined(folder(parent), name);
    // Sizes that differ a little, so that no two files can be taken for each other.
    const size = options.size ?? 200 + ((entries.length * 37) % 3000);
    entries.push({ type: 'file', path, modified, content: 'bytes', size, ...what, ...options });
    return path;
  };
  const link = (path: string, target: string, what: { odd: Odd }): void => {
    entries.push({ type: 'link', path, target, modified, ...what });
  };
  return { entries, folder, file, link };
};

type Collector = ReturnType<typeof createCollector>;

const planGoodNames = ({ folder, file }: Collector): void => {
  const unicode = folder(`${ODD_FOLDER}/Languages`);
  for (const name of [
    'Größenübersicht Straße.txt',
    'Procès-verbal – été à Besançon.txt',
    '会議の議事録.txt',
    'تقرير الميزانية.txt',
    'Ελληνικά και кириллица.txt',
    'Việt Nam.txt',
    'เอกสาร.txt',
    'עברית.txt',
  ]) {
    file(unicode, name, odd('unicode', 'as-is'));
  }
  const emoji = folder(`${ODD_FOLDER}/Emoji 🎉`, odd('emoji', 'as-is'));
  for (const name of ['🚀 launch.txt', 'family 👨‍👩‍👧‍👦.txt', 'flag 🇩🇪 thumbs 👍🏽.txt'])
    file(emoji, name, odd('emoji', 'as-is'));
  const signs = folder(`${ODD_FOLDER}/Signs #1 100% & more`, odd('punctuation', 'as-is'));
  for (const name of [
    'C# notes.txt',
    '100%.txt',
    '50%25 already encoded %20.txt',
    "it's Anna's.txt",
    'R&D + Q,A; [draft] {1}.txt',
    'a=b~c!d@e$f^g.txt',
    '(brackets) `ticks`.txt',
    '_underscore first.txt',
    '.hidden',
    'two..dots.txt',
    'no ending',
  ]) {
    file(signs, name, odd('punctuation', 'as-is'));
  }
  let deep = `${ODD_FOLDER}/Deep`;
  for (let level = 1; level <= 20; level += 1) deep = joined(deep, `level ${level}`);
  file(folder(deep, odd('deep', 'as-is')), 'bottom.txt', odd('deep', 'as-is'));
};

const planRefusedNames = ({ folder, file }: Collector): void => {
  const forbidden = folder(`${ODD_FOLDER}/Forbidden characters`);
  for (const [word, letter] of [
    ['quote', '"'],
    ['star', '*'],
    ['colon', ':'],
    ['less', '<'],
    ['greater', '>'],
    ['question', '?'],
    ['backslash', '\\'],
    ['bar', '|'],
  ] as const) {
    file(forbidden, `${word} ${letter} inside.txt`, odd('forbidden-character', 'renamed', 'name-changed'));
  }
  const refusedFolder = folder(
    `${forbidden}/What? Why*`,
    odd('forbidden-character', 'renamed', 'name-changed'),
  );
  file(refusedFolder, 'inside a renamed folder.txt');

  const edges = folder(`${ODD_FOLDER}/Spaces and dots at the ends`);
  for (const name of [
    ' space first.txt',
    'space last.txt ',
    'dot last.',
    'dots last...',
    'dot and space. ',
  ]) {
    file(edges, name, odd('edge-space-or-dot', 'renamed', 'name-changed'));
  }
  file(
    folder(`${edges}/folder with a space `, odd('edge-space-or-dot', 'renamed', 'name-changed')),
    'inside.txt',
  );
  file(
    folder(`${edges}/folder with a dot.`, odd('edge-space-or-dot', 'renamed', 'name-changed')),
    'inside.txt',
  );

  const reserved = folder(`${ODD_FOLDER}/Reserved names`);
  for (const name of ['CON', 'prn', 'NUL', 'COM1', 'lpt9', '.lock']) {
    file(reserved, name, odd('reserved-name', 'renamed', 'name-changed'));
  }
  file(folder(`${reserved}/AUX`, odd('reserved-name', 'renamed', 'name-changed')), 'inside.txt');
  // Reserved in Windows only: SharePoint's list has the bare names.
  file(reserved, 'AUX.txt', odd('device-name-with-extension', 'as-is'));
  file(folder(`${ODD_FOLDER}/Front page/old_vti_cnf`, odd('vti', 'renamed', 'name-changed')), 'index.txt');
  file(`${ODD_FOLDER}/Front page`, 'page_vti_backup.txt', odd('vti', 'renamed', 'name-changed'));
  file(folder('forms', odd('forms-at-root', 'renamed', 'name-changed')), 'order form.txt');
  file(`${ODD_FOLDER}/Front page/forms`, 'allowed below the root.txt');
  const tilde = folder(
    `${ODD_FOLDER}/Tilde first/~old projects`,
    odd('leading-tilde', 'renamed', 'name-changed'),
  );
  file(tilde, 'inside.txt');
  file(`${ODD_FOLDER}/Tilde first`, '~draft.txt', odd('leading-tilde', 'as-is'));
};

const planLeftOut = ({ folder, file }: Collector): void => {
  const system = folder(`${ODD_FOLDER}/Left behind by programs`);
  for (const name of ['Thumbs.db', 'desktop.ini', '.DS_Store']) {
    file(system, name, odd('system-file', 'left-out', 'system-left-out'));
  }
  file(system, '~$report.docx', odd('office-lock-file', 'left-out', 'temporary-left-out'), { size: 162 });
  for (const name of ['download.tmp', '~WRL0001.TMP']) {
    file(system, name, odd('temporary-file', 'left-out', 'temporary-left-out'));
  }
};

const planClashes = ({ folder, file }: Collector): void => {
  const twins = folder(`${ODD_FOLDER}/Twins`);
  const upper = file(twins, 'README.txt', odd('case-twin', 'as-is'));
  file(twins, 'readme.txt', odd('case-twin', 'renamed', 'name-changed', upper));
  // The same letters to the eye: letter and combining mark against one code point.
  const decomposed = file(twins, 'Café über.txt'.normalize('NFD'), odd('unicode-twin', 'as-is'));
  file(twins, 'Café über.txt'.normalize('NFC'), odd('unicode-twin', 'renamed', 'name-changed', decomposed));
  file(twins, 'only decomposed – naïve.txt'.normalize('NFD'), odd('unicode', 'as-is'));

  // 5 x 61 characters of folders: allowed below a short site and library; the file's name goes over 400.
  let long = `${ODD_FOLDER}/Long`;
  for (let level = 1; level <= 5; level += 1)
    long = joined(
      long,
      `${level} a name as long as people make them when nobody tells them `.padEnd(59, '-').slice(0, 59),
    );
  file(folder(long), 'short.txt');
  file(long, `${'a very long file name '.repeat(6)}end.txt`, odd('path-too-long', 'cannot', 'path-too-long'));
  const tooLong = folder(
    joined(long, `${'a folder too many '.repeat(6)}end`),
    odd('path-too-long', 'cannot', 'path-too-long'),
  );
  file(tooLong, 'out of reach.txt', odd('path-too-long', 'cannot', 'path-too-long'));

  const latin1 = Buffer.from('Gr\xfc\xdfe aus K\xf6ln.txt', 'latin1');
  file(
    `${ODD_FOLDER}/Old encodings`,
    latin1.toString('utf8'),
    odd('name-not-unicode', 'cannot', 'name-not-unicode'),
    {
      rawName: latin1,
    },
  );
};

const planContents = ({ folder, file, entries }: Collector, modified: number, now: number): void => {
  const empty = folder(`${ODD_FOLDER}/Empty`);
  for (const name of ['empty.txt', 'empty.docx']) file(empty, name, odd('empty-file', 'as-is'), { size: 0 });
  folder(`${empty}/empty folder`, odd('empty-folder', 'as-is'));
  folder(`${empty}/empty folders/all the way/down`, odd('empty-folder', 'as-is'));

  const office = folder(`${ODD_FOLDER}/Office documents`);
  for (const name of ['letter.docx', 'table.xlsx', 'slides.pptx']) {
    file(office, name, odd('office-document', 'as-is'), { size: 30_000, content: 'document' });
  }
  const notebook = folder(`${ODD_FOLDER}/Team notebook`, odd('onenote', 'as-is'));
  file(notebook, 'Open Notebook.onetoc2', odd('onenote', 'as-is'), { size: 5_000 });
  file(notebook, 'Minutes.one', odd('onenote', 'as-is'), { size: 70_000 });
  file(`${notebook}/Section group`, 'Ideas.one', odd('onenote', 'as-is'), { size: 20_000 });

  const times = folder(`${ODD_FOLDER}/Odd times`);
  const dated = (name: string, at: number, code?: Code): string =>
    file(times, name, odd('odd-time', 'as-is', code), { modified: at });
  dated('moon landing 1969.txt', Date.UTC(1969, 6, 20, 20, 17, 40), 'odd-time');
  dated('epoch 1970.txt', 0);
  dated('first DOS date 1980.txt', Date.UTC(1980, 0, 1));
  dated('last DOS date 2107.txt', Date.UTC(2107, 11, 31, 23, 59, 58), 'odd-time');
  dated('parts of a second.txt', Math.floor(now / SECOND) * SECOND - 5 * SECOND + 123.456);
  dated('tomorrow.txt', now + 24 * 60 * 60 * SECOND);
  const sparse = folder(`${ODD_FOLDER}/Sparse`);
  file(sparse, 'mostly a hole.dat', odd('sparse-file', 'as-is'), { size: SPARSE_BYTES, content: 'sparse' });

  const first = file(`${ODD_FOLDER}/Hard links`, 'one.txt', odd('hard-link', 'as-is'));
  const path = `${ODD_FOLDER}/Hard links/the same file again.txt`;
  entries.push({ type: 'hard-link', path, target: first, modified, ...odd('hard-link', 'as-is') });
};

const planLinksAndLocks = ({ folder, file, link, entries }: Collector, modified: number): void => {
  const links = folder(`${ODD_FOLDER}/Links`);
  const target = file(links, 'target.txt');
  const targetFolder = folder(`${links}/target folder`);
  file(targetFolder, 'inside.txt');
  const outcome = (kind: OddityKind): { readonly odd: Odd } => odd(kind, 'left-out', 'link-left-out');
  link(`${links}/to a file`, target.slice(links.length + 1), outcome('link-to-file'));
  link(`${links}/to a folder`, 'target folder', outcome('link-to-folder'));
  link(`${targetFolder}/back up (a loop)`, '..', outcome('link-loop'));
  link(`${links}/to nowhere`, 'not there', outcome('link-broken'));
  const specials = folder(`${ODD_FOLDER}/Pipes and sockets`);
  entries.push(
    { type: 'pipe', path: `${specials}/pipe`, modified, ...odd('pipe', 'left-out', 'special-left-out') },
    {
      type: 'socket',
      path: `${specials}/socket`,
      modified,
      ...odd('socket', 'left-out', 'special-left-out'),
    },
  );
  const locked = folder(`${ODD_FOLDER}/Locked`);
  file(locked, 'nobody may read me.txt', odd('unreadable-file', 'cannot', 'file-unreadable'), {
    unreadable: true,
  });
  const shut = folder(`${locked}/nobody may look in here`, {
    ...odd('unreadable-folder', 'cannot', 'folder-unreadable'),
    unreadable: true,
  });
  file(shut, 'unseen.txt', odd('inside-unreadable-folder', 'cannot', 'folder-unreadable'));
};

/** Plans one of every oddity that a share can hold. `now` (ms since 1970) is the age of nearly all of it. */
export const planOddities = (now: number): PlannedEntry[] => {
  const modified = Math.floor(now / SECOND) * SECOND - 30 * 24 * 60 * 60 * SECOND;
  const collector = createCollector(modified);
  planGoodNames(collector);
  planRefusedNames(collector);
  planLeftOut(collector);
  planClashes(collector);
  planContents(collector, modified, now);
  planLinksAndLocks(collector, modified);
  return collector.entries;
};
