import { z } from 'zod';
import type { Destination } from '../../src-main/destination/destination.ts';
import type { TokenSource } from '../../src-main/tenant/token-source.ts';
import type { DestinationFixture, MadeBy, Stored } from '../conformance/destination-steps.ts';
import { must } from '../conformance/destination-steps.ts';

const bySchema = z.object({ user: z.object({ email: z.string().optional() }).optional() }).optional();
const itemSchema = z.object({
  id: z.string(),
  size: z.number().default(0),
  folder: z.object({}).optional(),
  file: z.object({ hashes: z.object({ quickXorHash: z.string().optional() }).optional() }).optional(),
  createdBy: bySchema,
  lastModifiedBy: bySchema,
  fileSystemInfo: z.object({ createdDateTime: z.string(), lastModifiedDateTime: z.string() }),
});
const versionsSchema = z.object({ value: z.array(z.object({ id: z.string() })) });

/** A folder of a drive, and a right to everything in it. */
export interface Place {
  /** Of the version, without a slash at the end. */
  readonly graph: string;
  readonly drive: string;
  readonly tokens: TokenSource;
  readonly destination: Destination;
  /** Somebody who is known there. */
  readonly person: string | undefined;
}

/**
 * Somebody else who works in a destination of Graph, with nothing but documented calls: so the same suite can be run
 * against a real tenant. A lock cannot be had that way: whoever checks a file out may still write to it.
 */
export function graphColleague({ graph, drive, tokens, destination, person }: Place): DestinationFixture {
  const root = `/drives/${drive}/items/${destination.root.id}`;
  const at = (path: string): string => `${root}:/${path.split('/').map(encodeURIComponent).join('/')}`;
  const call = async (method: string, path: string, body?: string): Promise<Response> => {
    const token = must(await tokens.token());
    const response = await fetch(graph + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      ...(body === undefined ? {} : { body }),
    });
    if (response.ok || response.status === 404) return response;
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  };
  return {
    destination,
    person,
    async look(path): Promise<Stored | undefined> {
      const found = await call('GET', at(path));
      if (found.status === 404) return undefined;
      const { id, size, folder, file, fileSystemInfo } = itemSchema.parse(await found.json());
      const versions =
        folder === undefined
          ? versionsSchema.parse(await (await call('GET', `/drives/${drive}/items/${id}/versions`)).json())
              .value
          : [];
      return {
        kind: folder === undefined ? 'file' : 'folder',
        size,
        created: Date.parse(fileSystemInfo.createdDateTime),
        modified: Date.parse(fileSystemInfo.lastModifiedDateTime),
        versions: versions.length,
        hash: file?.hashes?.quickXorHash,
      };
    },
    async madeBy(path): Promise<MadeBy | undefined> {
      const found = await call('GET', at(path));
      if (found.status === 404) return undefined;
      const { createdBy, lastModifiedBy } = itemSchema.parse(await found.json());
      return { author: createdBy?.user?.email, editor: lastModifiedBy?.user?.email };
    },
    edit: async (path, content) => {
      await call('PUT', `${at(path)}:/content`, content);
    },
    remove: async (path) => {
      await call('DELETE', at(path));
    },
    end: async () => {
      await call('DELETE', root);
      await destination.close();
    },
  };
}
