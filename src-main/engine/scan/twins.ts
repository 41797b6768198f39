import { nameKey } from '../../../src-shared/rules/names.ts';

/**
 * The names that entries of one folder have claimed at the destination. SharePoint takes some different names for
 * the same; whoever comes first has it. Held only while its folder is being listed.
 */
export class Twins {
  readonly #claims = new Map<string, string>();

  /**
   * Claims a name at the destination for an entry.
   * @returns the name of the other entry that has it already, or undefined
   */
  claim(destinationName: string, sourceName: string): string | undefined {
    const key = nameKey(destinationName);
    const other = this.#claims.get(key);
    if (other === undefined) this.#claims.set(key, sourceName);
    return other === sourceName ? undefined : other;
  }
}
