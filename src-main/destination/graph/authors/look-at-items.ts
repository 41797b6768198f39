import { z } from 'zod';
import { failed, ok, type Result } from '../../../../src-shared/model/problem.ts';
import type { CallOptions, RemoteId } from '../../destination.ts';
import { parseAnswer } from '../answer.ts';
import { type PartAnswer, sendBatch } from '../batch.ts';
import type { DriveLink } from '../drive-link.ts';
import { driveItemSchema, itemFields } from '../items.ts';
import { units } from '../meter.ts';
import { againOf, inRounds, type Verdict } from '../rounds.ts';
import { problemOfItem, readServiceError } from '../service-error.ts';

/** An item with the numbers that SharePoint itself knows it by. */
const seenSchema = driveItemSchema.extend({
  sharepointIds: z
    .object({ listId: z.guid(), listItemId: z.string().regex(/^\d+$/), siteUrl: z.url() })
    .nullish(),
});
export type SeenItem = z.infer<typeof seenSchema>;

/** Items by their ids, one result for each, in order. Code copy-missing. */
export function lookAtItems(
  link: DriveLink,
  items: readonly { readonly id: RemoteId; readonly name: string }[],
  options: CallOptions,
): Promise<readonly Result<SeenItem>[]> {
  return inRounds(
    link,
    items,
    async (some) => {
      const parts = some.map(({ id }) => ({
        method: 'GET' as const,
        path: `${link.urls.item(id)}?$select=${itemFields},sharepointIds`,
      }));
      const answers = await sendBatch(link, parts, { units: units.get * parts.length }, options);
      if (!answers.ok) return some.map(() => ({ result: answers }));
      return some.map(({ name }, i) => judge(link, name, answers.value.parts[i]));
    },
    options,
  );
}

function judge(link: DriveLink, name: string, part: PartAnswer | undefined): Verdict<SeenItem> {
  const { status = 500, body } = part ?? {};
  if (status === 200) {
    const seen = parseAnswer(seenSchema, body, 'to a look at an item');
    return { result: seen.ok ? ok(seen.value) : seen };
  }
  const problem = problemOfItem(readServiceError(status, body, ''), name);
  const again = againOf(link, part);
  if (again !== undefined) return { again, problem };
  return { result: status === 404 ? failed('copy-missing', { where: name }) : { ok: false, problem } };
}
