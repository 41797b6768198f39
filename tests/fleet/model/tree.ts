import { integerBetween, type Random } from '../../../src-practice/random.ts';

/** A file or folder of a virtual share. */
export interface Node {
  readonly name: string;
  /** Below the share's root, '/' between segments. */
  readonly path: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
  readonly modified: number;
}

/** A virtual share: nodes of each folder by its path, '' for the root. */
export class Tree {
  readonly #folders = new Map<string, Node[]>([['', []]]);
  /** Every file and folder but the root. */
  readonly nodes: Node[] = [];

  list(folder: string): readonly Node[] {
    const nodes = this.#folders.get(folder);
    if (nodes === undefined) throw new Error(`no folder ${folder}`);
    return nodes;
  }

  add(folder: string, name: string, facts: Pick<Node, 'kind' | 'size' | 'modified'>): string {
    const path = folder === '' ? name : `${folder}/${name}`;
    const node = { ...facts, name, path };
    this.#folders.get(folder)?.push(node);
    this.nodes.push(node);
    if (facts.kind === 'folder') this.#folders.set(path, []);
    return path;
  }
}

const MODIFIED = 1_600_000_000_000;

/** Of files: a few are as much as is worth giving to another machine. */
const STEP_BYTES = 20_000_000;

/** Some folders in each other, a file or two in each, and one that has more. */
export function growTree(random: Random): Tree {
  const tree = new Tree();
  const places = [''];
  const folders = integerBetween(random, 0, 6);
  for (let no = 1; no <= folders; no += 1) {
    const above = places[integerBetween(random, 0, places.length - 1)] ?? '';
    places.push(tree.add(above, `folder ${no}`, { kind: 'folder', size: 0, modified: MODIFIED }));
  }
  const wide = places[integerBetween(random, 0, places.length - 1)] ?? '';
  for (const place of places) {
    const files = integerBetween(random, 0, 2) + (place === wide ? integerBetween(random, 2, 7) : 0);
    for (let no = 1; no <= files; no += 1) {
      const size = integerBetween(random, 0, 9) * STEP_BYTES + no;
      tree.add(place, `file ${no}`, { kind: 'file', size, modified: MODIFIED + no * 1_000 });
    }
  }
  return tree;
}
