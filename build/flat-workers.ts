import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { filesBelow } from './fingerprint.ts';
import { project } from './project.ts';

const ADDRESS = /new URL\(\s*'(\.[^']+\.ts)'\s*,\s*import\.meta\.url\s*\)/g;

/** The name of a script in the flat folder of the bundle: workers keep theirs, others are told apart by their folders. */
export function bundledName(file: string): string {
  const path = relative(project(), file).split(sep).join('/');
  const name = basename(path, extname(path));
  return name.endsWith('-worker') ? name : path.slice(0, -extname(path).length).replaceAll('/', '-');
}

/** Every script that sources start as a worker or process by `new URL('./x.ts', import.meta.url)`: name -> file. */
export function startedScripts(folders: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const file of folders.flatMap((folder) => filesBelow(project(folder)))) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue;
    for (const [, target] of readFileSync(file, 'utf8').matchAll(ADDRESS)) {
      const script = join(dirname(file), target ?? '');
      if (!existsSync(script)) throw new Error(`${file} starts ${script}, which is not there`);
      const name = bundledName(script);
      if (found[name] !== undefined && found[name] !== script)
        throw new Error(`two scripts are called ${name}`);
      found[name] = script;
    }
  }
  return found;
}

/** Rewrites these addresses to where the scripts are in the bundle: beside whatever starts them. */
export function flatWorkers(): Plugin {
  return {
    name: 'flat-workers',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.ts') || !code.includes('import.meta.url')) return null;
      const rewritten = code.replace(ADDRESS, (_whole, target: string) => {
        const name = bundledName(join(dirname(id), target));
        return `new URL('./${name}.js', import.meta.url)`;
      });
      return { code: rewritten, map: null };
    },
  };
}
