import type { Code } from '../../src-shared/catalogue/catalogue.ts';

/**
 * What a copy tool must do with an entry, given the default settings of a task.
 * - `as-is`: it is copied under its own name
 * - `renamed`: it is copied, under the nearest name that SharePoint allows
 * - `left-out`: a rule or its nature excludes it: system and temporary files, links, pipes, sockets
 * - `cannot`: it should be copied and cannot be; that must be said, with a reason
 */
export const treatments = ['as-is', 'renamed', 'left-out', 'cannot'] as const;
export type Treatment = (typeof treatments)[number];

export const oddityKinds = [
  'unicode',
  'emoji',
  'punctuation',
  'deep',
  'forbidden-character',
  'edge-space-or-dot',
  'reserved-name',
  'device-name-with-extension',
  'vti',
  'forms-at-root',
  'leading-tilde',
  'office-lock-file',
  'system-file',
  'temporary-file',
  'case-twin',
  'unicode-twin',
  'path-too-long',
  'name-not-unicode',
  'empty-file',
  'empty-folder',
  'office-document',
  'onenote',
  'link-to-file',
  'link-to-folder',
  'link-loop',
  'link-broken',
  'pipe',
  'socket',
  'hard-link',
  'unreadable-file',
  'unreadable-folder',
  'inside-unreadable-folder',
  'odd-time',
  'sparse-file',
] as const;

export type OddityKind = (typeof oddityKinds)[number];

/** One odd entry of a share. */
export interface OddItem {
  /** Relative to the root of the share, `/` between segments. Bytes that are not Unicode appear as U+FFFD. */
  readonly path: string;
  readonly kind: OddityKind;
  readonly treatment: Treatment;
  /** The code of the catalogue that says so; absent when there is nothing to say. */
  readonly code?: Code | undefined;
  /** The other one of two that SharePoint cannot hold both: which of them is copied is up to the tool. */
  readonly twinOf?: string | undefined;
}

interface PlannedBase {
  readonly path: string;
  /** Milliseconds since 1970; fractions allowed. */
  readonly modified: number;
  readonly odd?: Omit<OddItem, 'path'>;
}

/** An entry of a share before it is written. A plan lists parents before children. */
export type PlannedEntry =
  | (PlannedBase & { readonly type: 'folder'; readonly unreadable?: true })
  | (PlannedBase & {
      readonly type: 'file';
      readonly size: number;
      readonly content: 'bytes' | 'document' | 'sparse';
      readonly unreadable?: true;
      /** The name as bytes, where it is not valid Unicode. */
      readonly rawName?: Uint8Array;
    })
  | (PlannedBase & { readonly type: 'link'; readonly target: string })
  | (PlannedBase & { readonly type: 'hard-link'; readonly target: string })
  | (PlannedBase & { readonly type: 'pipe' | 'socket' });

export type PlannedFile = Extract<PlannedEntry, { type: 'file' }>;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export const joined = (parent: string, name: string): string => (parent === '' ? name : `${parent}/${name}`);
