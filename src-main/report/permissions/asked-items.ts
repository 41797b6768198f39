import type { Result } from '../../../src-shared/model/problem.ts';
import type { Rights } from '../../../src-shared/model/rights.ts';
import type { SurveyItem } from '../../../src-shared/survey/survey.ts';
import type { SourceFacts } from '../../source/source.ts';
import type { RunResults } from '../../store/run-results.ts';
import { surveyPages } from '../assessment/survey-pages.ts';

/** Calls to the share at the same time. */
const AT_ONCE = 16;

/** An item with the answer to who has access to it. */
export interface AskedItem {
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly isRoot: boolean;
  readonly answer: Result<Rights>;
  /** Those of the folder around. */
  readonly above: Rights | undefined;
}

interface Folder {
  readonly name: string;
  readonly parent: Folder | undefined;
  rights: Rights | undefined;
}

/**
 * Asks for the rights of every folder of a run, and on demand of every file, a few at the same time and in the order of the results:
 * folders before what is in them. What was left out is not asked for. Memory grows with the folders and not with the files.
 */
export async function* askedItems(
  results: Pick<RunResults, 'survey'>,
  source: Pick<SourceFacts, 'rights'>,
  depth: 'folders' | 'files',
): AsyncGenerator<AskedItem, void, undefined> {
  const root: Folder = { name: '', parent: undefined, rights: undefined };
  const folders = new Map<number, Folder>();
  /** Rights of POSIX that are the same are one object: a share has few. Those of Windows are not compared with the folder's. */
  const shared = new Map<string, Rights>();
  const rootAnswer = await source.rights('');
  root.rights = kept(rootAnswer, shared);
  yield { path: '', kind: 'folder', isRoot: true, answer: rootAnswer, above: undefined };
  for await (const page of surveyPages(results)) {
    const wanted: {
      readonly item: SurveyItem;
      readonly parent: Folder;
      readonly folder: Folder | undefined;
    }[] = [];
    for (const item of page) {
      const parent = folders.get(item.folder) ?? root;
      const folder = item.kind === 'folder' ? { name: item.name, parent, rights: undefined } : undefined;
      if (folder) folders.set(item.id, folder);
      if (isAsked(item, depth)) wanted.push({ item, parent, folder });
    }
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const group = wanted.slice(from, from + AT_ONCE);
      const paths = group.map(({ item, parent }) => pathOf(parent, item.name));
      const answers = await Promise.all(paths.map((path) => source.rights(path)));
      for (const [i, { folder, parent }] of group.entries()) {
        const [path, answer] = [paths[i], answers[i]];
        if (path === undefined || answer === undefined) throw new Error('an answer is missing');
        if (folder) folder.rights = kept(answer, shared);
        const kind = folder ? 'folder' : 'file';
        yield { path, kind, isRoot: false, answer, above: parent.rights };
      }
    }
  }
}

/** Links and special files have no rights of their own that would go anywhere; a name that is no text cannot be asked for. */
function isAsked({ kind, outcome, codes }: SurveyItem, depth: 'folders' | 'files'): boolean {
  if (outcome === 'left-out' || codes.includes('name-not-unicode')) return false;
  return kind === 'folder' || (kind === 'file' && depth === 'files');
}

function kept(answer: Result<Rights>, shared: Map<string, Rights>): Rights | undefined {
  if (!answer.ok || answer.value.system !== 'posix') return undefined;
  const { user, group, mode } = answer.value;
  const key = `${user} ${group} ${mode}`;
  const known = shared.get(key) ?? answer.value;
  shared.set(key, known);
  return known;
}

function pathOf(folder: Folder, name: string): string {
  const names = [name];
  for (let at: Folder | undefined = folder; at?.parent !== undefined; at = at.parent) names.push(at.name);
  return names.reverse().join('/');
}
