import { hierarchy, treemap, treemapSquarify } from 'd3-hierarchy';
import type { Bin } from '../../../src-shared/survey/bins.ts';
import type { FolderNode } from '../../../src-shared/survey/folder-tree.ts';
import { bytes, count } from '../format.ts';
import { html } from '../hostile-text.ts';

/** Pictures of an assessment as SVG text, without script: they print, and every column says its figures on hover. */

const WIDTH = 820;
const HEIGHT = 170;
const BOTTOM = 34;
const TOP = 18;

/** A column of a picture with its label, and whether it says that something is wrong. */
export interface LabelledBin extends Bin {
  readonly label: string;
  readonly wrong?: boolean | undefined;
}

/** Two columns a bin: how many files, and how many bytes, each as a share of its largest. */
export function columns(title: string, bins: readonly LabelledBin[]): string {
  const mostFiles = Math.max(1, ...bins.map(({ files }) => files));
  const mostBytes = Math.max(1, ...bins.map((bin) => bin.bytes));
  const step = WIDTH / bins.length;
  const wide = step * 0.38;
  const floor = HEIGHT - BOTTOM;
  const column = (x: number, share: number, colour: string): string => {
    const height = share === 0 ? 0 : Math.max(1.5, share * (floor - TOP));
    return `<rect x="${x.toFixed(1)}" y="${(floor - height).toFixed(1)}" width="${wide.toFixed(1)}" height="${height.toFixed(1)}" rx="1.5" fill="var(--${colour})"/>`;
  };
  const groups = bins.map((bin, index) => {
    const x = index * step + step * 0.11;
    const above =
      bin.files === 0
        ? ''
        : `<text x="${(index + 0.5) * step}" y="${TOP - 6}" class="figure">${short(bin.files)}</text>`;
    return `<g><title>${html(said(bin))}</title><rect x="${index * step}" y="0" width="${step}" height="${HEIGHT}" fill="transparent"/>${column(x, bin.files / mostFiles, bin.wrong && bin.files > 0 ? 'failed' : 'files')}${column(x + wide, bin.bytes / mostBytes, 'bytes')}${above}<text x="${(index + 0.5) * step}" y="${floor + 18}" class="label">${html(bin.label)}</text></g>`;
  });
  // Who cannot see the columns hears what they say.
  const figures = bins
    .filter(({ files }) => files > 0)
    .map(said)
    .join('; ');
  return `<figure><figcaption>${html(title)} <span class="quiet"><i class="key" style="background:var(--files)"></i>files <i class="key" style="background:var(--bytes)"></i>size</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${html(title)}"><desc>${html(figures)}</desc><line x1="0" y1="${floor}" x2="${WIDTH}" y2="${floor}" stroke="var(--line)"/>${groups.join('')}</svg></figure>`;
}

function said({ label, files, bytes: size }: LabelledBin): string {
  return `${label}: ${count(files)} files, ${bytes(size)}`;
}

const MAP_HEIGHT = 420;
/** Too small to be read, or seen. */
const MIN_LABEL = { width: 46, height: 18 };

/** Where the bytes are: folders as rectangles, two levels, with what lies in smaller ones left blank. */
export function folderMap(root: FolderNode): string {
  if (root.bytes === 0) return '';
  const tree = hierarchy(withRest(root, 0), (node) => node.folders)
    .sum((node) => (node.folders.length === 0 ? node.bytes : 0))
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const laid = treemap<FolderNode>()
    .tile(treemapSquarify)
    .size([WIDTH, MAP_HEIGHT])
    .paddingTop((node) => (node.depth === 1 ? 18 : 0))
    .paddingInner(2)(tree);
  const cells = laid.descendants().filter((node) => node.depth > 0);
  const drawn = cells.map((node) => {
    const { x0, y0, x1, y1, depth, data } = node;
    const [width, height] = [x1 - x0, y1 - y0];
    const path = node
      .ancestors()
      .reverse()
      .slice(1)
      .map(({ data: { name } }) => name)
      .join('/');
    const fits = width >= MIN_LABEL.width && height >= MIN_LABEL.height;
    const label = fits
      ? `<text x="${(x0 + 5).toFixed(1)}" y="${(y0 + 13).toFixed(1)}" class="cell">${html(cut(data.name, width))}</text>`
      : '';
    return `<g class="level-${depth}"><title>${html(`${path}: ${bytes(data.bytes)}, ${count(data.files)} files`)}</title><rect x="${x0.toFixed(1)}" y="${y0.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" rx="2"/>${label}</g>`;
  });
  const largest = (tree.children ?? [])
    .map(({ data }) => `${data.name}: ${bytes(data.bytes)}, ${count(data.files)} files`)
    .join('; ');
  return `<figure><figcaption>Folders by size</figcaption><svg viewBox="0 0 ${WIDTH} ${MAP_HEIGHT}" role="img" aria-label="Folders by size" class="map"><desc>${html(largest)}</desc>${drawn.join('')}</svg></figure>`;
}

/** Levels of folders that are drawn. */
const MAP_LEVELS = 2;

/** With a cell for what is in none of the folders that are shown, so that areas are true shares of the whole. */
function withRest(node: FolderNode, depth: number): FolderNode {
  if (depth >= MAP_LEVELS || node.folders.length === 0) return { ...node, folders: [] };
  const folders = node.folders.map((folder) => withRest(folder, depth + 1));
  const rest = node.bytes - folders.reduce((sum, folder) => sum + folder.bytes, 0);
  const files = node.files - folders.reduce((sum, folder) => sum + folder.files, 0);
  const other: FolderNode = { name: '(other)', bytes: rest, files, changes: 0, blocked: 0, folders: [] };
  return { ...node, folders: rest > 0 ? [...folders, other] : folders };
}

const CHARACTER_WIDTH = 6.4;

function cut(name: string, width: number): string {
  const fits = Math.floor((width - 10) / CHARACTER_WIDTH);
  const characters = [...name];
  return characters.length <= fits ? name : `${characters.slice(0, Math.max(1, fits - 1)).join('')}…`;
}

/** 12345 -> 12 k: what fits above a column. */
function short(n: number): string {
  if (n < 10_000) return count(n);
  return n < 1e7 ? `${count(Math.round(n / 1e3))} k` : `${count(Math.round(n / 1e6))} M`;
}
