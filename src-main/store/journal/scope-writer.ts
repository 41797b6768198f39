import type { Scope } from '../../../src-shared/contract/fleet.ts';
import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import { joinPaths } from '../../../src-shared/model/scope.ts';
import { createdOf } from './copies.ts';
import type { Desk } from './desk.ts';
import { type ItemRow, ORIGIN } from './item-state.ts';

type Part = NonNullable<Scope['part']>;

/** Says what a piece of the unit is, for whoever gets it. */
export class ScopeWriter {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * @param whole folders that are to be listed by whoever gets the piece
   * @param files files of this journal that are to be copied by them
   * @param place where the unit of this journal stands in its task
   */
  scopeOf(
    whole: readonly ItemId[],
    files: readonly ItemRow[],
    place: Pick<Scope, 'path' | 'destinationPath'>,
  ): Scope {
    const folders = [...new Set([...whole, ...files.map(({ parent }) => parent)])];
    const top = this.#commonFolder(folders);
    const above = this.#desk.paths.of(top);
    const common = {
      path: joinPaths(place.path, above.path),
      destinationPath: joinPaths(place.destinationPath, above.destinationPath),
      ...withId(this.#desk.remoteId(top)),
    };
    if (files.length === 0 && whole.length === 1) return common;
    const places = new Map(folders.map((folder, i) => [folder, i]));
    const part: Part = {
      folders: folders.map((folder, i) => this.#folder(folder, above, i < whole.length)),
      files: files.map((file) => this.#file(file, places.get(file.parent) ?? 0)),
    };
    return { ...common, part };
  }

  #folder(
    item: ItemId,
    above: { readonly path: string; readonly destinationPath: string },
    whole: boolean,
  ): Part['folders'][number] {
    const { path, destinationPath } = this.#desk.paths.of(item);
    return {
      path: below(above.path, path),
      destinationPath: below(above.destinationPath, destinationPath),
      ...withId(this.#desk.remoteId(item)),
      whole,
    };
  }

  #file(row: ItemRow, folder: number): Part['files'][number] {
    const { name, size, modified, file_id, destination_name } = row;
    return {
      ...{ folder, name, size, modified, created: createdOf(row.remote) },
      ...(file_id === null ? {} : { fileId: file_id }),
      ...(destination_name === null ? {} : { destinationName: destination_name }),
      findings: this.#desk
        .findings(row.id, ORIGIN.listing)
        .map(({ code, detail }) => (detail === undefined ? { code } : { code, detail })),
    };
  }

  /** The lowest folder that all of them are or are in. */
  #commonFolder(folders: readonly ItemId[]): ItemId {
    let common: readonly ItemId[] | undefined;
    for (const folder of folders) {
      const line = this.#lineOf(folder);
      const known: readonly ItemId[] = common ?? line;
      const parts = known.findIndex((item, i) => item !== line[i]);
      common = parts < 0 ? known : known.slice(0, parts);
    }
    return common?.at(-1) ?? ROOT_ITEM;
  }

  /** From the root down to the folder. */
  #lineOf(folder: ItemId): readonly ItemId[] {
    const line: ItemId[] = [];
    for (let at = folder; at !== ROOT_ITEM; ) {
      line.unshift(at);
      const row = this.#desk.item(at);
      if (!row) throw new Error(`there is no item ${at}`);
      at = row.parent;
    }
    return [ROOT_ITEM, ...line];
  }
}

function withId(id: string | undefined): { readonly destinationId?: string } {
  return id === undefined ? {} : { destinationId: id };
}

/** `path` without the folder that it is below. */
function below(folder: string, path: string): string {
  if (folder === '') return path;
  return path === folder ? '' : path.slice(folder.length + 1);
}
