import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { filesBelow } from '../fingerprint.ts';
import { project } from '../project.ts';
import { type SourceFile, wrongArrows } from './arrows.ts';
import { cycles } from './cycles.ts';
import { importsOf } from './imports.ts';

/** Reads every TypeScript file of the house and says what is wrong with its arrows, one line for each. */
export function checkHouse(): { readonly files: number; readonly wrong: readonly string[] } {
  const files: SourceFile[] = ['src-main', 'src-shared', 'src-renderer', 'src-practice']
    .flatMap((folder) => filesBelow(project(folder)))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => ({
      path: relative(project(), file).split(sep).join('/'),
      imports: importsOf(file, readFileSync(file, 'utf8')),
    }));
  const circles = cycles(files).map((circle) => `circle: ${circle}`);
  return { files: files.length, wrong: [...wrongArrows(files), ...circles] };
}
