import type { SourceEntry } from '../source.ts';
import { type DerivedFile, type DerivedTree, folderFileId } from './tree.ts';
import type { Written, WrittenNode } from './written.ts';

type WrittenFile = Extract<WrittenNode, { kind: 'file' }>;

/** What is at a path. A folder can be derived, written, or both. */
export type Place =
  | {
      readonly kind: 'folder';
      readonly path: string;
      readonly derived: number | undefined;
      readonly entry: SourceEntry;
    }
  | {
      readonly kind: 'file';
      readonly entry: SourceEntry;
      readonly folder: number;
      readonly derived: DerivedFile;
    }
  | { readonly kind: 'file'; readonly entry: SourceEntry; readonly written: WrittenFile }
  | { readonly kind: 'link'; readonly entry: SourceEntry };

/** A tree of what is derived with what is written over it. */
export interface Ground {
  readonly tree: DerivedTree;
  readonly written: Written;
  /** 1 for the tree as it begins. */
  generation: number;
}

/** What is at a path, or undefined. Takes as long as the path is deep. */
export function placeAt(ground: Ground, path: string): Place | undefined {
  let place: Place | undefined = {
    kind: 'folder',
    path: '',
    derived: 0,
    entry: derivedFolder(ground, 0, ''),
  };
  if (path === '') return place;
  for (const name of path.split('/')) {
    if (place?.kind !== 'folder') return undefined;
    place = placeIn(ground, place.path, place.derived, name);
  }
  return place;
}

function placeIn(
  ground: Ground,
  parent: string,
  derivedParent: number | undefined,
  name: string,
): Place | undefined {
  const { tree, written, generation } = ground;
  const path = parent === '' ? name : `${parent}/${name}`;
  if (written.isRemoved(path)) return undefined;
  const node = written.node(path);
  const folder = derivedParent === undefined ? undefined : tree.folderNamed(derivedParent, name);
  if (node?.kind === 'file') return { kind: 'file', entry: writtenEntry(name, node), written: node };
  if (node?.kind === 'link') return { kind: 'link', entry: writtenEntry(name, node) };
  if (folder !== undefined)
    return { kind: 'folder', path, derived: folder, entry: derivedFolder(ground, folder, name) };
  if (node) return { kind: 'folder', path, derived: undefined, entry: writtenEntry(name, node) };
  if (derivedParent === undefined) return undefined;
  const file = tree.fileNamed(derivedParent, name, generation);
  return file && { kind: 'file', entry: derivedFile(file), folder: derivedParent, derived: file };
}

/** The entries of a folder, one after the other: a folder of any width needs no memory. */
export function* entriesOf(
  ground: Ground,
  path: string,
  derived: number | undefined,
): Generator<SourceEntry, void> {
  const { tree, written, generation } = ground;
  const own = written.in(path);
  const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
  const isHidden = (name: string): boolean => own?.has(name) === true || written.isRemoved(below(name));
  if (derived !== undefined) {
    const [from, to] = tree.foldersIn(derived);
    for (let folder = from; folder < to; folder += 1) {
      const name = tree.folderName(folder);
      // A folder that was written into stays the derived one.
      if (written.isRemoved(below(name)) || (own?.get(name) ?? { kind: 'folder' }).kind !== 'folder')
        continue;
      yield derivedFolder(ground, folder, name);
    }
    const files = tree.fileNumbers(derived, generation);
    for (let at = 0; at < files; at += 1) {
      const file = tree.file(derived, at, generation);
      if (file && !isHidden(file.name)) yield derivedFile(file);
    }
  }
  for (const [name, node] of own ?? []) {
    if (node.kind === 'folder' && derived !== undefined && tree.folderNamed(derived, name) !== undefined)
      continue;
    yield writtenEntry(name, node);
  }
}

const plain = { nameReadable: true, hidden: false, system: false, offline: false } as const;

function derivedFolder({ tree }: Ground, folder: number, name: string): SourceEntry {
  return {
    ...plain,
    name,
    kind: 'folder',
    size: 0,
    ...tree.folderTimes(folder),
    fileId: folderFileId(folder),
  };
}

function derivedFile({ name, size, modified, created, fileId }: DerivedFile): SourceEntry {
  return {
    name,
    nameReadable: true,
    kind: 'file',
    size,
    modified,
    created,
    fileId,
    hidden: false,
    system: false,
    offline: false,
  };
}

function writtenEntry(name: string, node: WrittenNode): SourceEntry {
  const { kind, fileId } = node;
  return node.kind === 'file'
    ? {
        ...plain,
        name,
        kind,
        size: node.content.length,
        modified: node.modified,
        created: node.created,
        fileId,
      }
    : { ...plain, name, kind, size: 0, modified: node.made, created: node.made, fileId };
}
