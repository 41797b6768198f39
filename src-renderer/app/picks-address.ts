import { z } from 'zod';
import { columnPictures, type Picks } from '../../src-shared/survey/picks.ts';
import { readinessStates } from '../../src-shared/survey/survey.ts';

/** What is picked in pictures, as words of an address. Each is taken or dropped by itself. */
const words = {
  ready: z.enum(readinessStates),
  column: z.coerce.number().int().min(0).max(99),
  /** With the dot before it: a kind without an ending is a word too. */
  type: z.string().regex(/^\./).max(256),
  below: z.string().min(1).max(32_767),
  code: z.string().regex(/^[a-z0-9-]{1,60}$/),
};

export function picksOf(params: URLSearchParams): Picks {
  const word = <T>(key: string, schema: z.ZodType<T>): T | undefined => {
    const given = params.get(key);
    return given === null ? undefined : schema.safeParse(given).data;
  };
  const type = word('type', words.type);
  const columns = columnPictures.map((picture) => [picture, word(picture, words.column)] as const);
  return Object.fromEntries(
    [
      ['ready', word('ready', words.ready)] as const,
      ...columns,
      ['type', type?.slice(1)] as const,
      ['below', word('below', words.below)] as const,
      ['code', word('code', words.code)] as const,
    ].filter(([, value]) => value !== undefined),
  );
}

export function picksQuery({
  ready,
  type,
  below,
  code,
  ...columns
}: Picks): Record<string, string | undefined> {
  return {
    ready,
    ...Object.fromEntries(columnPictures.map((picture) => [picture, columns[picture]?.toString()])),
    ...(type === undefined ? {} : { type: `.${type}` }),
    ...{ below, code },
  };
}
