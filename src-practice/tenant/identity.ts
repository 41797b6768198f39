import { z } from 'zod';

const namedSchema = z.object({ name: z.string() });

/** Whether an operation makes something in a folder: all that is made there has the same URL. */
export function makesChild(method: string, path: string): boolean {
  return method === 'POST' && path.endsWith('/children');
}

/**
 * What a retry is recognised by, beside its method: the URL, and the name of what is made in a folder. A client may well
 * make many folders in one at the same time, and the second of them is no retry of the first.
 */
export function identityOf(method: string, url: string, body: unknown): string {
  if (!makesChild(method, url)) return url;
  const named = namedSchema.safeParse(body);
  return named.success ? `${url} ${named.data.name}` : url;
}
