import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { FolderNode } from '../../../src-shared/survey/folder-tree.ts';

/** An area of the map, in hundredths of it. */
export interface Cell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 1: in the folder that is opened; 2: in one of those. */
  readonly level: number;
  /** Undefined: all that is too small to be shown by itself. */
  readonly node: FolderNode | undefined;
  readonly path: string;
  readonly bytes: number;
}

interface Area {
  readonly node: FolderNode | undefined;
  readonly path: string;
  /** Of a leaf. */
  readonly own: number;
  readonly areas: readonly Area[];
}

/** As wide as it is drawn for a height of 360. */
const SHAPE = [1_000, 360] as const;
const HEAD = 20;

/** The areas of a folder, two levels deep; what is missing to the sums is an area of its own. */
export function cellsOf(folder: FolderNode, path: string): readonly Cell[] {
  const root = hierarchy(partsOf(folder, path, 2), ({ areas }) => [...areas])
    .sum(({ own }) => own)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const [width, height] = SHAPE;
  const drawn = treemap<Area>()
    .size([width, height])
    .tile(treemapSquarify)
    .paddingInner(3)
    .paddingTop(({ depth }) => (depth === 1 ? HEAD : 0))(root);
  return drawn.descendants().flatMap(({ x0, y0, x1, y1, depth, data, value }) => {
    if (depth === 0 || x1 <= x0 || y1 <= y0) return [];
    return {
      x: (100 * x0) / width,
      y: (100 * y0) / height,
      width: (100 * (x1 - x0)) / width,
      height: (100 * (y1 - y0)) / height,
      level: depth,
      ...{ node: data.node, path: data.path, bytes: value ?? 0 },
    };
  });
}

/** A folder that is a single area, or one that is made of others. */
function areaOf(node: FolderNode, path: string, levels: number): Area {
  return levels === 0 || node.folders.length === 0
    ? { node, path, own: node.bytes, areas: [] }
    : partsOf(node, path, levels);
}

function partsOf(node: FolderNode, path: string, levels: number): Area {
  const areas = node.folders.map((folder) =>
    areaOf(folder, path === '' ? folder.name : `${path}/${folder.name}`, levels - 1),
  );
  const rest = node.bytes - node.folders.reduce((sum, { bytes }) => sum + bytes, 0);
  const other: Area = { node: undefined, path: `${path}/`, own: rest, areas: [] };
  return { node, path, own: 0, areas: rest > 0 ? [...areas, other] : areas };
}

/** The folders from the source down to a path, as far as the map knows them. */
export function chainTo(
  tree: FolderNode,
  path: string | undefined,
): readonly { readonly node: FolderNode; readonly path: string }[] {
  const chain = [{ node: tree, path: '' }];
  for (const name of path?.split('/') ?? []) {
    const last = chain.at(-1);
    const node = last?.node.folders.find((folder) => folder.name === name);
    if (last === undefined || node === undefined) break;
    chain.push({ node, path: last.path === '' ? name : `${last.path}/${name}` });
  }
  return chain;
}
