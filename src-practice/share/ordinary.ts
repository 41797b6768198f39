import { chance, integerBetween, pick, type Random } from '../random.ts';
import { joined, type PlannedEntry } from './plan.ts';
import { fileSizes } from './sizes.ts';
import { departments, endings, projects, qualifiers, subfolders, subjects } from './words.ts';

const DAY = 24 * 60 * 60 * 1000;
const FILES_PER_FOLDER = 20;
/** The flat folder into which a scanner puts everything: one tenth of the files. */
const FLAT_FOLDER = 'Operations/Scanner';
const DEEPEST = 9;
/** The least that every Office format can be made in. */
const MIN_DOCUMENT = 8_000;
const MAX_DOCUMENT = 4_000_000;
const documentEndings = new Set(['docx', 'xlsx', 'pptx']);

const totalWeight = endings.reduce((total, [, weight]) => total + weight, 0);

const pickEnding = (random: Random): string => {
  let place = random() * totalWeight;
  for (const [ending, weight] of endings) {
    place -= weight;
    if (place < 0) return ending;
  }
  return 'pdf';
};

/** Names that are taken, as SharePoint compares them: without case, composed. */
const createNames = () => {
  const taken = new Set<string>();
  return (path: string): boolean => {
    const key = path.normalize('NFC').toLowerCase();
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
};

const planFolders = (random: Random, count: number, claim: (path: string) => boolean): string[] => {
  const folders: string[] = [];
  const add = (path: string): void => {
    if (claim(path)) folders.push(path);
  };
  for (const department of departments) add(department);
  add(FLAT_FOLDER);
  let tries = 0;
  while (folders.length < count && tries < count * 20) {
    tries += 1;
    const parent = pick(random, folders);
    const depth = parent.split('/').length;
    if (parent === FLAT_FOLDER || depth >= DEEPEST) continue;
    const year = chance(random, 0.3) ? ` ${integerBetween(random, 2009, 2026)}` : '';
    add(joined(parent, (depth === 1 ? pick(random, projects) : pick(random, subfolders)) + year));
  }
  return folders;
};

/**
 * Plans the ordinary part of a share: departments, projects and sub-folders some nine levels deep, one flat
 * folder, and `count` files with the names, sizes and ages of an office.
 * @param now - the age of files is counted back from here, ms since 1970
 */
export const planOrdinary = (
  random: Random,
  options: { readonly count: number; readonly totalBytes: number; readonly now: number },
): PlannedEntry[] => {
  const { count, totalBytes, now } = options;
  if (count === 0) return [];
  const claim = createNames();
  const folders = planFolders(random, departments.length + 1 + Math.floor(count / FILES_PER_FOLDER), claim);
  /** Most files of a share have not been touched for years. */
  const someTimeAgo = (): number => Math.floor(now - DAY * (1 + 4_000 * random() ** 2));
  const entries: PlannedEntry[] = folders.map((path) => ({ type: 'folder', path, modified: someTimeAgo() }));
  const sizes = fileSizes(random, count, totalBytes);
  for (const [index, size] of sizes.entries()) {
    const isScan = index % 10 === 9;
    const folder = isScan ? FLAT_FOLDER : pick(random, folders);
    const drawn = isScan ? 'pdf' : pickEnding(random);
    const ending = documentEndings.has(drawn) && size < MIN_DOCUMENT ? 'txt' : drawn;
    const subject = isScan ? 'Scan' : pick(random, subjects);
    const stem = `${subject}${chance(random, 0.6) ? ` ${integerBetween(random, 1, 9999)}` : ''}${pick(random, qualifiers)}`;
    let path = joined(folder, `${stem}.${ending}`);
    for (let copy = 2; !claim(path); copy += 1) path = joined(folder, `${stem} (${copy}).${ending}`);
    const isDocument = documentEndings.has(ending);
    entries.push({
      type: 'file',
      path,
      modified: someTimeAgo(),
      size: isDocument ? Math.min(size, MAX_DOCUMENT) : size,
      content: isDocument ? 'document' : 'bytes',
    });
  }
  return entries;
};
