import type { Problem, Result } from '../../../src-shared/model/problem.ts';
import type { Principal, Rights } from '../../../src-shared/model/rights.ts';
import { type PermissionFigures, PermissionSurveyor } from '../../../src-shared/survey/permission-survey.ts';
import type { SourceFacts } from '../../source/source.ts';
import type { RunResults } from '../../store/run-results.ts';
import { writeCsv } from '../csv-file.ts';
import { type AskedItem, askedItems } from './asked-items.ts';
import { PERMISSION_COLUMNS, recordOf, rowsOfList, rowsOfMode, sidsOf } from './permission-rows.ts';

/** Rights of a source, and why they are not all of them if the share went away meanwhile. */
export interface Permissions {
  readonly figures: PermissionFigures;
  readonly stopped: Problem | undefined;
}

/** Names that were looked up and are remembered. */
const MOST_NAMES = 10_000;

/**
 * Reads who has access to what a run found, and writes it as it comes: the rows of the source itself, of every item whose rights
 * differ from what is handed down to it, and of those that could not be read. An item that only inherits has no row.
 */
export async function readPermissions(
  file: string,
  results: Pick<RunResults, 'survey'>,
  source: Pick<SourceFacts, 'rights' | 'principal'>,
  depth: 'folders' | 'files',
): Promise<Permissions> {
  const surveyor = new PermissionSurveyor();
  const names = new Map<string, Principal>();
  let stopped: Problem | undefined;

  const nameOf = async (sid: string): Promise<Principal> => {
    const known = names.get(sid) ?? (await source.principal(sid));
    if (names.size < MOST_NAMES) names.set(sid, known);
    return known;
  };

  async function* rowsOf({ path, kind, isRoot, answer, above }: AskedItem): AsyncGenerator<string[]> {
    const rights = answer.ok ? answer.value : undefined;
    const { tell, list } = surveyor.add({ kind, isRoot, rights, above });
    if (tell === 'unread') {
      yield recordOf({ path, kind, problem: problemOf(answer) });
    } else if (tell === 'rights' && rights?.system === 'posix') {
      yield* rowsOfMode({ path, kind }, rights);
    } else if (tell === 'rights' && list) {
      const principals = new Map<string, Principal>();
      for (const sid of sidsOf(list)) principals.set(sid, await nameOf(sid));
      surveyor.addPrincipals(principals);
      yield* rowsOfList({ path, kind }, list, principals);
    }
  }

  async function* rows(): AsyncGenerator<string[]> {
    for await (const item of askedItems(results, source, depth)) {
      if (!item.answer.ok && isAboutTheShare(item.answer.problem)) {
        stopped = item.answer.problem;
        return;
      }
      yield* rowsOf(item);
    }
  }

  await writeCsv(file, PERMISSION_COLUMNS, rows());
  return { figures: surveyor.result(), stopped };
}

/** Why there are no rights; a list that was read and not understood is shown as it is. */
function problemOf(answer: Result<Rights>): string {
  if (answer.ok)
    return `access-list-unreadable ${answer.value.system === 'windows' ? answer.value.sddl : ''}`;
  const { code, detail = '' } = answer.problem;
  return `${code} ${detail}`.trimEnd();
}

/** Then it is the same with all others. */
function isAboutTheShare({ code }: Problem): boolean {
  return code === 'source-unreachable' || code === 'source-sign-in-refused' || code === 'waiting-for-hours';
}
