import type { Draft } from './draft.ts';

/**
 * The address that the cells of a draft lead to: site, library and folder as one URL. The site's address may name the library already.
 * A library may be called by the name that people see (`Documents`), as Migration Manager wants it: whoever opens the place finds out.
 */
export function addressOf({ cells }: Pick<Draft, 'cells'>): string {
  const site = cells.site.trim().replace(/\/+$/, '');
  const below = [cells.library, ...cells.folder.split(/[\\/]/)]
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return [site, ...below.map(encodeURIComponent)].join('/');
}
