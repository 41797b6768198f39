import { z } from 'zod';
import type { Drive, ItemTimes } from '../drive.ts';
import { type Actor, type DriveItem, isFolder } from '../drive-item.ts';
import type { Tenant } from '../tenant.ts';
import type { RestAnswer } from './multipart.ts';

const requestSchema = z.object({
  formValues: z.array(z.object({ FieldName: z.string(), FieldValue: z.string() })),
  bNewDocumentUpdate: z.boolean().default(false),
  checkInComment: z.string().nullish(),
  datesInUTC: z.boolean().default(false),
});

const keysSchema = z.array(z.object({ Key: z.string() })).length(1);
const LOGIN = /^i:0#\.f\|membership\|(.+)$/i;

/** What a field of the form comes to: a person, a moment, or what is wrong with it. */
type Read = { readonly person: Actor } | { readonly time: number } | { readonly wrong: string };

/**
 * `ValidateUpdateListItem`, for Author, Editor, Created and Modified. As in the service it answers 200 with a word on each field, and where one
 * is wrong nothing is changed. What clients found out (pnp/PnP-PowerShell#1792, pnp/pnpjs#1408): an Author without an Editor is passed
 * over, and without a Modified the item is given the present time.
 */
export function updateListItem(tenant: Tenant, drive: Drive, item: DriveItem, json: unknown): RestAnswer {
  const request = requestSchema.safeParse(json);
  if (!request.success)
    return restError(
      400,
      '-1, Microsoft.SharePoint.Client.InvalidClientQueryException',
      z.prettifyError(request.error),
    );
  if (item.lockedBy !== undefined) {
    const message = `The file "${item.name}" is locked for exclusive use by ${item.lockedBy}.`;
    return restError(423, '-2147018894, Microsoft.SharePoint.SPFileLockException', message);
  }
  const { formValues, bNewDocumentUpdate } = request.data;
  const fields = formValues.map(({ FieldName, FieldValue }) => ({
    ...{ FieldName, FieldValue },
    read: readField(tenant, FieldName, FieldValue),
  }));
  if (!fields.some(({ read }) => 'wrong' in read)) {
    const of = (name: string): Read | undefined => fields.find(({ FieldName }) => FieldName === name)?.read;
    apply(tenant, drive, item, of, bNewDocumentUpdate);
  }
  const value = fields.map(({ FieldName, FieldValue, read }) => ({
    ...{ FieldName, FieldValue },
    HasException: 'wrong' in read,
    ErrorMessage: 'wrong' in read ? read.wrong : null,
    ItemId: 0,
  }));
  return { status: 200, json: { value } };
}

function readField(tenant: Tenant, name: string, value: string): Read {
  if (name === 'Author' || name === 'Editor') return personOf(tenant, value);
  if (name !== 'Created' && name !== 'Modified') return { wrong: `Column '${name}' does not exist.` };
  const time = Date.parse(value);
  // A text in the form of the site's language would be read as well: which that is, a client cannot know.
  if (!/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) || Number.isNaN(time)) {
    return { wrong: 'You must specify a valid date within the range of 1/1/1900 and 12/31/8900.' };
  }
  return { time: time + tenant.faults.settings.listDatesOffMs };
}

function personOf(tenant: Tenant, value: string): Read {
  const unknown: Read = { wrong: 'The user does not exist or is not unique.' };
  const keys = keysSchema.safeParse(jsonOf(value));
  const upn = keys.success ? LOGIN.exec(keys.data[0]?.Key ?? '')?.[1]?.toLowerCase() : undefined;
  const person = tenant.organisation.people.find((one) => one.userPrincipalName.toLowerCase() === upn);
  if (person === undefined) return unknown;
  const { id, displayName, mail } = person;
  return { person: { kind: 'user', id, displayName, email: mail } };
}

function apply(
  tenant: Tenant,
  drive: Drive,
  item: DriveItem,
  of: (field: string) => Read | undefined,
  overwrite: boolean,
): void {
  const person = (field: string): Actor | undefined => {
    const read = of(field);
    return read !== undefined && 'person' in read ? read.person : undefined;
  };
  const time = (field: string): number | undefined => {
    const read = of(field);
    return read !== undefined && 'time' in read ? read.time : undefined;
  };
  const editor = person('Editor');
  const author = editor === undefined ? undefined : person('Author');
  const created = time('Created') ?? item.created;
  const wished = time('Modified');
  const { formsWantOrder } = tenant.faults.settings;
  const passedOver = wished === undefined || (formsWantOrder && wished < created);
  const modified = passedOver ? tenant.clock.now() : wished;
  const times: ItemTimes = { created, modified };
  drive.attribute(item, { author, editor }, times, !overwrite && !isFolder(item));
}

/** An error in the form of SharePoint's REST. */
export function restError(status: number, code: string, value: string): RestAnswer {
  return { status, json: { error: { code, message: { lang: 'en-US', value } } } };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
