import type { PermissionFigures } from '../../../src-shared/survey/permission-survey.ts';
import { count } from '../format.ts';
import { html } from '../hostile-text.ts';
import { type CodeGroup, explain, groupsOf } from '../run-summary.ts';
import type { Permissions } from './read-permissions.ts';

/** What was found about rights, as findings are told. They hold no bytes. */
export function permissionGroups({ codes }: PermissionFigures): CodeGroup[] {
  return groupsOf(Object.entries(codes).map(([code, items]) => [code, { items, bytes: 0 }]));
}

/** The figures in sentences, with what they cannot say. */
export function permissionSentences({ figures, stopped }: Permissions): string[] {
  const { system, folders, files, unread, scopes, denied, unlisted, principals, orphaned } = figures;
  const asked = `${counted(folders, 'folder')} and ${counted(files, 'file')} were asked`;
  const sentences = [
    `${asked}; ${unread === 0 ? 'all of them answered' : `${count(unread)} could not be read`}.`,
    `${counted(scopes.folders, 'folder')} and ${counted(scopes.files, 'file')} have rights of their own: each is a permission scope where rights are kept (SharePoint advises at most 5,000 and takes 50,000 in a library).`,
  ];
  if (files === 0) sentences.push('Files were not asked: their own rights are not part of these figures.');
  if (system === 'posix') {
    sentences.push(
      'The source tells owner, group and mode. Access lists of POSIX and NFS are not read; there are no entries that deny, and whether a number is still somebody cannot be said.',
    );
  }
  if (system === 'windows') {
    sentences.push(
      `${counted(denied ?? 0, 'item')} with entries that deny, ${count(unlisted)} without any access list.`,
      `${count(principals.known)} accounts and groups are known; ${count(principals.unknown)} are known to nobody, in ${counted(orphaned, 'item')}.`,
    );
    if (principals.unasked > 0)
      sentences.push(
        `${count(principals.unasked)} could not be looked up: whether they exist cannot be said.`,
      );
  }
  if (stopped) sentences.push(`Not complete: ${explain(stopped.code).title} while rights were read.`);
  return sentences;
}

/** For a terminal. */
export function permissionText(permissions: Permissions): string[] {
  const groups = permissionGroups(permissions.figures);
  return [
    '',
    'Permissions',
    ...permissionSentences(permissions).map((sentence) => `  ${sentence}`),
    ...groups.map(
      ({ severity, items, title, code }) =>
        `  ${severity.padEnd(7)}  ${count(items).padStart(9)}  ${title} [${code}]`,
    ),
  ];
}

/** For a page; its findings stand with all others. */
export function permissionHtml(permissions: Permissions): string {
  const sentences = permissionSentences(permissions).map((sentence) => `<p>${html(sentence)}</p>`);
  return `<section><h2>Permissions</h2>${sentences.join('\n')}<p class="quiet">permissions.csv lists every entry.</p></section>`;
}

function counted(n: number, what: string): string {
  return `${count(n)} ${what}${n === 1 ? '' : 's'}`;
}
