/**
 * The rooms of the house and what each may know. A file belongs to the first room whose folder (or file) it is in.
 * Arrows point down: desktop, headless -> host -> machine -> console -> report -> fleet -> engine -> source,
 * destination, tenant, store -> src-shared, basics, budget.
 */
export interface Room {
  readonly name: string;
  /** Folder with a slash at its end, or a file. */
  readonly at: string;
  /** A room may import rooms of a lower floor. */
  readonly floor: number;
}

export const rooms: readonly Room[] = [
  { name: 'desktop', at: 'src-main/desktop/', floor: 9 },
  { name: 'headless', at: 'src-main/headless/', floor: 9 },
  { name: 'host', at: 'src-main/host/', floor: 8 },
  { name: 'machine', at: 'src-main/machine.ts', floor: 7 },
  { name: 'console', at: 'src-main/console/', floor: 6 },
  { name: 'report', at: 'src-main/report/', floor: 5 },
  { name: 'fleet', at: 'src-main/fleet/', floor: 4 },
  { name: 'engine', at: 'src-main/engine/', floor: 3 },
  { name: 'source', at: 'src-main/source/', floor: 2 },
  { name: 'destination', at: 'src-main/destination/', floor: 2 },
  { name: 'imports', at: 'src-main/imports/', floor: 2 },
  { name: 'tenant', at: 'src-main/tenant/', floor: 2 },
  { name: 'store', at: 'src-main/store/', floor: 2 },
  { name: 'renderer', at: 'src-renderer/', floor: 2 },
  { name: 'practice', at: 'src-practice/', floor: 2 },
  { name: 'shared', at: 'src-shared/', floor: 1 },
  { name: 'basics', at: 'src-main/basics/', floor: 1 },
  { name: 'budget', at: 'src-main/budget/', floor: 1 },
];

/** Rooms that no lower-floor rule lets in: they see src-shared alone, and nothing else sees them. */
export const islands: ReadonlySet<string> = new Set(['renderer', 'practice']);

/** Arrows that the floors forbid and that are right nevertheless, each with its reason. */
export const exceptions: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  {
    from: 'src-main/headless/practice/',
    to: 'src-practice/',
    why: '`convoy practice` starts the practice tenant beside the machine; no other code of the product knows of it',
  },
  {
    from: 'src-main/destination/',
    to: 'src-main/tenant/',
    why: 'every call to Graph carries a token of the TokenSource',
  },
];

/** Packages that a room may use; a room that is not named here may use all but `electron`. */
export const packages: Readonly<
  Record<string, { readonly only?: readonly string[]; readonly node: boolean }>
> = {
  shared: { only: ['zod', '@orpc/contract'], node: false },
  renderer: { node: false },
};
