import { type ItemId, ROOT_ITEM } from '../../../src-shared/model/item.ts';
import type { PartFolder } from '../journal.ts';
import { packCopy } from './copies.ts';
import type { Desk } from './desk.ts';
import type { Folders } from './folders.ts';
import { FOLDER, LISTING, MAKING, STATE, UNLISTED } from './item-state.ts';

/** The folders of a part: others made them and count them, and those to be listed are listed here. */
export class LentFolders {
  readonly #desk: Desk;
  readonly #folders: Folders;

  constructor(desk: Desk, folders: Folders) {
    this.#desk = desk;
    this.#folders = folders;
  }

  /** To be called once, when a run begins. The root is a folder like others, and is listed only if it is one of them. */
  plan(folders: readonly PartFolder[]): void {
    for (const folder of folders) {
      const item = this.#itemAt(folder);
      const before = this.#folders.get(item);
      const row = { item, listing: LISTING.toDo, making: before?.making ?? MAKING.none };
      this.#folders.save(folder.destinationId === undefined ? row : { ...row, making: MAKING.made }, before);
      const known = this.#desk.item(item);
      if (!known || folder.destinationId === undefined) continue;
      const remote = packCopy(this.#desk, { id: folder.destinationId, tag: undefined });
      this.#desk.update({ ...known, there: 1, remote });
    }
  }

  /** The folder, with those above it that are not known yet. */
  #itemAt({ path, destinationPath }: PartFolder): ItemId {
    if (path === '') return ROOT_ITEM;
    const names = path.split('/');
    const destinationNames = destinationPath.split('/');
    return names.reduce((parent, name, i) => this.#child(parent, name, destinationNames[i]), ROOT_ITEM);
  }

  #child(parent: ItemId, name: string, destinationName: string | undefined): ItemId {
    const desk = this.#desk;
    const known = desk.find(parent, name);
    if (known) return known.id;
    const item = desk.insert([
      {
        ...{ parent, name, kind: FOLDER, run: desk.mark, state: STATE.lent, outcome: null, grade: null },
        ...{ pass: UNLISTED, there: null, size: 0, modified: 0, file_id: null, remote: null },
        destination_name: destinationName === name ? null : (destinationName ?? null),
      },
    ]);
    this.#folders.save({ item, listing: LISTING.none, making: MAKING.none }, undefined);
    desk.tell(item);
    return item;
  }
}
