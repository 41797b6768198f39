import { z } from 'zod';
import { failed, ok, type Problem, type Result } from '../../../../src-shared/model/problem.ts';
import type { Times } from '../../destination.ts';
import { graphTime } from '../items.ts';

/** Body of `ValidateUpdateListItem`. */
export interface ListItemForm {
  readonly formValues: readonly { readonly FieldName: string; readonly FieldValue: string }[];
  readonly bNewDocumentUpdate: boolean;
  readonly datesInUTC: boolean;
}

/**
 * One person as author and editor, and the times that the item has. Why all four: an author is taken with an editor only, and an item whose times are not
 * named is given the present one (pnp/PnP-PowerShell#1792, pnp/pnpjs#1408). `bNewDocumentUpdate`: "a document being updated after
 * upload" (MS-CSOMSPT), which makes no version.
 */
export function formOf(person: string, times: Times): ListItemForm {
  const who = JSON.stringify([{ Key: `i:0#.f|membership|${person}` }]);
  return {
    formValues: [
      { FieldName: 'Author', FieldValue: who },
      { FieldName: 'Editor', FieldValue: who },
      { FieldName: 'Created', FieldValue: graphTime(times.created) },
      { FieldName: 'Modified', FieldValue: graphTime(times.modified) },
    ],
    bNewDocumentUpdate: true,
    datesInUTC: true,
  };
}

const fieldSchema = z.object({
  FieldName: z.string(),
  HasException: z.boolean().default(false),
  ErrorMessage: z.string().nullish(),
});
/** The list as it is with `odata=nometadata`, and as older ways of asking have it. */
const answerSchema = z.union([
  z.object({ value: z.array(fieldSchema) }),
  z
    .object({ d: z.object({ ValidateUpdateListItem: z.object({ results: z.array(fieldSchema) }) }) })
    .transform(({ d }) => ({ value: d.ValidateUpdateListItem.results })),
]);

const PEOPLE = new Set(['Author', 'Editor']);

/**
 * What the service says of a form: it answers 200 also where it did not take a field, and then changes nothing.
 * @returns why it did not take it; undefined: it did
 */
export function refusalIn(json: unknown, person: string): Result<Problem | undefined> {
  const parsed = answerSchema.safeParse(json);
  if (!parsed.success) {
    return failed('author-not-set', { detail: 'the answer of ValidateUpdateListItem cannot be read' });
  }
  const wrong = parsed.data.value.find(({ HasException }) => HasException);
  if (wrong === undefined) return ok(undefined);
  const said = `${wrong.FieldName}: ${wrong.ErrorMessage ?? 'not taken'}`;
  return PEOPLE.has(wrong.FieldName)
    ? ok({ code: 'person-unknown-at-destination', detail: `${person} (${said})` })
    : ok({ code: 'author-not-set', detail: said });
}
