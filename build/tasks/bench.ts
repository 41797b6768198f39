import { existsSync, readdirSync } from 'node:fs';
import { project, runNode } from '../project.ts';

/** `npm run bench [-- name]`: runs bench/<name>.ts; without a name it says which there are. */
const [name = '', ...rest] = process.argv.slice(2);
const file = project('bench', `${name}.ts`);
if (/^[a-z0-9-]+$/.test(name) && existsSync(file)) {
  process.exitCode = await runNode([file, ...rest]);
} else {
  const names = readdirSync(project('bench')).filter(
    (entry) => entry.endsWith('.ts') && !entry.endsWith('.test.ts'),
  );
  console.log(`Say which: ${names.map((entry) => entry.slice(0, -3)).join(', ') || 'there are none yet'}`);
  process.exitCode = name === '' ? 0 : 2;
}
