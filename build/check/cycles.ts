import { dirname, join } from 'node:path/posix';
import type { SourceFile } from './arrows.ts';

/** Groups of files that import each other in a circle, each as `a -> b -> a`. Strong components after Tarjan (1972). */
export function cycles(files: readonly SourceFile[]): readonly string[] {
  const arrows = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter((i) => i.specifier.startsWith('.')).map((i) => join(dirname(path), i.specifier)),
    ]),
  );
  const order = new Map<string, number>();
  const stack: string[] = [];
  const found: string[] = [];

  const visit = (path: string): number => {
    const mine = order.size;
    order.set(path, mine);
    let lowest = mine;
    stack.push(path);
    for (const next of arrows.get(path) ?? []) {
      if (!arrows.has(next)) continue;
      if (!order.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, order.get(next) ?? mine);
    }
    if (lowest === mine) {
      const group = stack.splice(stack.indexOf(path));
      const first = group[0];
      if (group.length > 1 || arrows.get(path)?.includes(path)) found.push([...group, first].join(' -> '));
    }
    return lowest;
  };
  for (const path of arrows.keys()) if (!order.has(path)) visit(path);
  return found;
}
