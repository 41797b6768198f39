import { expect, test } from 'vitest';
import { type SourceFile, wrongArrows } from './arrows.ts';
import { cycles } from './cycles.ts';
import { checkHouse } from './house.ts';
import { importsOf } from './imports.ts';

function file(path: string, ...specifiers: readonly string[]): SourceFile {
  return { path, imports: specifiers.map((specifier) => ({ specifier, line: 1 })) };
}

test.each([
  ['src-main/headless/copy.ts', '../machine.ts'],
  ['src-main/machine.ts', './console/router.ts'],
  ['src-main/machine.ts', './store/writer.ts'],
  ['src-main/engine/run.ts', '../store/journal.ts'],
  ['src-main/engine/run.ts', '../../src-shared/model/run.ts'],
  ['src-main/engine/run.ts', './decide.ts'],
  ['src-main/engine/run.test.ts', '../../src-practice/tenant/tenant.ts'],
  ['src-main/headless/practice/practice.ts', '../../../src-practice/tenant/tenant.ts'],
  ['src-main/destination/graph/call.ts', '../../tenant/token-source.ts'],
  ['src-main/desktop/window.ts', 'electron'],
  ['src-shared/model/run.ts', 'zod'],
  ['src-main/store/writer.ts', 'node:fs'],
])('%s may import %s', (from, to) => {
  expect(wrongArrows([file(from, to)])).toEqual([]);
});

test.each([
  ['src-main/store/writer.ts', '../engine/run.ts'],
  ['src-main/engine/run.ts', '../fleet/agent/beat.ts'],
  ['src-main/source/walker.ts', '../store/journal.ts'],
  ['src-main/console/router.ts', '../machine.ts'],
  ['src-main/machine.ts', './headless/copy.ts'],
  ['src-main/headless/serve.ts', '../desktop/window.ts'],
  ['src-main/headless/copy.ts', '../../src-practice/share/share.ts'],
  ['src-main/headless/serve.ts', '../../src-renderer/main.tsx'],
  ['src-shared/model/run.ts', '../../src-main/engine/run.ts'],
  ['src-shared/model/run.ts', 'node:fs'],
  ['src-shared/model/run.ts', 'undici'],
  ['src-renderer/app/app.tsx', '../../src-main/console/router.ts'],
  ['src-renderer/app/app.tsx', '../../src-practice/share/share.ts'],
  ['src-renderer/app/app.tsx', 'node:fs'],
  ['src-practice/share/share.ts', '../../src-main/source/walker.ts'],
  ['src-main/engine/run.ts', 'electron'],
  ['src-main/engine/run.ts', './run.test.ts'],
  ['src-main/engine/run.ts', '../../build/project.ts'],
])('%s must not import %s', (from, to) => {
  expect(wrongArrows([file(from, to)])).toHaveLength(1);
});

test('circles are found whatever their length, and nothing else is', () => {
  expect(cycles([file('a.ts', './b.ts'), file('b.ts', './c.ts'), file('c.ts', './a.ts')])).toHaveLength(1);
  expect(cycles([file('a.ts', './a.ts')])).toEqual(['a.ts -> a.ts']);
  expect(cycles([file('a.ts', './b.ts', './c.ts'), file('b.ts', './c.ts'), file('c.ts')])).toEqual([]);
  const two = cycles([
    file('a.ts', './b.ts'),
    file('b.ts', './a.ts', './c.ts'),
    file('c.ts', './d.ts'),
    file('d.ts', './c.ts'),
  ]);
  expect(two).toHaveLength(2);
});

test('every way to name another file is an arrow', () => {
  const text = `import { a } from './a.ts';
import type { B } from './b.ts';
export * from './c.ts';
export type { D } from './d.ts';
const e = await import('./e.ts');
type F = import('./f.ts').F;
new Worker(new URL('./g-worker.ts', import.meta.url));
import './h.ts';`;
  const found = importsOf('x.ts', text);
  expect(found.map(({ specifier }) => specifier.slice(2, 3)).sort()).toEqual([...'abcdefgh']);
  expect(found.find(({ specifier }) => specifier === './h.ts')?.line).toBe(8);
});

test('a file that cannot be parsed is an error and not a file without arrows', () => {
  expect(() => importsOf('x.ts', 'import {')).toThrow('x.ts');
});

test('the check reads the real house', () => {
  expect(checkHouse().files).toBeGreaterThan(50);
});
