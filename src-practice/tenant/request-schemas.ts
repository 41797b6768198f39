import { z } from 'zod';
import type { ItemTimes } from './drive.ts';
import { type Refusal, refusals } from './reply.ts';

const dateTime = z.iso.datetime({ offset: true });

const fileSystemInfo = z.object({
  createdDateTime: dateTime.nullish(),
  lastModifiedDateTime: dateTime.nullish(),
});

const behavior = z.enum(['fail', 'replace', 'rename']);

/** Both spellings are taken; the second is of the API before Graph. */
const conflict = {
  '@microsoft.graph.conflictBehavior': behavior.nullish(),
  '@name.conflictBehavior': behavior.nullish(),
};

export const sessionRequestSchema = z.object({
  item: z
    .object({
      ...conflict,
      name: z.string().nullish(),
      fileSystemInfo: fileSystemInfo.nullish(),
      fileSize: z.number().min(0).nullish(),
    })
    .nullish(),
  deferCommit: z.boolean().nullish(),
});

export const folderRequestSchema = z.object({
  ...conflict,
  name: z.string(),
  folder: z.object({}),
  fileSystemInfo: fileSystemInfo.nullish(),
});

export const patchRequestSchema = z.object({
  ...conflict,
  name: z.string().nullish(),
  fileSystemInfo: fileSystemInfo.nullish(),
  parentReference: z
    .object({ driveId: z.string().nullish(), id: z.string().nullish(), path: z.string().nullish() })
    .nullish(),
});

export const sourceUrlRequestSchema = z.object({
  ...conflict,
  name: z.string(),
  '@microsoft.graph.sourceUrl': z.string(),
});

/** The value as the schema wants it, or Graph's 400 with what is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, value: unknown): T | Refusal {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : refusals.invalid(z.prettifyError(parsed.error));
}

export function behaviorOf(given: {
  readonly '@microsoft.graph.conflictBehavior'?: z.infer<typeof behavior> | null | undefined;
  readonly '@name.conflictBehavior'?: z.infer<typeof behavior> | null | undefined;
}): z.infer<typeof behavior> | undefined {
  return given['@microsoft.graph.conflictBehavior'] ?? given['@name.conflictBehavior'] ?? undefined;
}

/** `?@microsoft.graph.conflictBehavior=` of a small upload; anything unknown is refused. */
export function behaviorInQuery(query: URLSearchParams): z.infer<typeof behavior> | undefined | Refusal {
  const text = query.get('@microsoft.graph.conflictBehavior') ?? query.get('@name.conflictBehavior');
  if (text === null) return undefined;
  const parsed = behavior.safeParse(text);
  return parsed.success ? parsed.data : refusals.invalid('The conflictBehavior is not valid.');
}

export function timesOf(info: z.infer<typeof fileSystemInfo> | null | undefined): ItemTimes {
  const { createdDateTime, lastModifiedDateTime } = info ?? {};
  return {
    ...(typeof createdDateTime === 'string' ? { created: Date.parse(createdDateTime) } : {}),
    ...(typeof lastModifiedDateTime === 'string' ? { modified: Date.parse(lastModifiedDateTime) } : {}),
  };
}
