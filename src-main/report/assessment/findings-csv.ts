import { permissionGroups } from '../permissions/permission-texts.ts';
import { codeGroups, explain } from '../run-summary.ts';
import { type Assessment, withNotes } from './assessment.ts';
import { csvText } from './csv-text.ts';

/** Scripts rely on them: one is never renamed or moved, only added at the end. */
const COLUMNS = [
  'severity',
  'code',
  'title',
  'cause',
  'remedy',
  'who can mend it',
  'items',
  'bytes',
] as const;

/** Findings by code, those about rights among them; which items they are about stands in items.csv and permissions.csv. */
export function findingsCsv(assessment: Assessment): string {
  const { permissions } = assessment;
  const groups = [
    ...codeGroups(withNotes(assessment)),
    ...(permissions ? permissionGroups(permissions.figures) : []),
  ];
  return csvText([
    COLUMNS,
    ...groups.map(({ severity, code, title, cause, remedy, items, bytes }) => [
      severity,
      code,
      title,
      cause,
      remedy,
      explain(code).owner,
      items,
      bytes,
    ]),
  ]);
}
