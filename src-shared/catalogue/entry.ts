/** When trying again can help: never by itself, later in the same run, or after a time that the service names. */
export type Retry = 'never' | 'later' | 'after';

/** What has to pause while the problem lasts. */
export type Scope = 'item' | 'unit' | 'agent' | 'tenant';

/** Who can make it go away. */
export type Owner = 'you' | 'source-owner' | 'tenant-admin' | 'wait' | 'nobody';

/**
 * How bad it is for the files: `error` = not copied, `warning` = copied with a change or an omission,
 * `info` = left out on purpose or otherwise worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info';

/** For lists: the worst comes first. */
export const severityRank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** One entry of the catalogue: everything that can be said about a problem without knowing its details. */
export interface CatalogueEntry {
  /** What happened, in a few words, without a full stop. */
  readonly title: string;
  /** Why, and what it means for the files. One or two sentences. */
  readonly cause: string;
  /** What to do about it. Imperative. */
  readonly remedy: string;
  readonly severity: Severity;
  readonly retry: Retry;
  readonly scope: Scope;
  readonly owner: Owner;
}

type Short = readonly [
  severity: Severity,
  retry: Retry,
  scope: Scope,
  owner: Owner,
  title: string,
  cause: string,
  remedy: string,
];

/** Lets the catalogue be written as a table. */
export function entry(...[severity, retry, scope, owner, title, cause, remedy]: Short): CatalogueEntry {
  return { title, cause, remedy, severity, retry, scope, owner };
}
