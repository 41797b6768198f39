import { openSource } from '../../src-main/source/open-source.ts';
import { dryRunInFolder } from './dry-run-of.ts';

/** The full assessment of a folder: every rule applied, every item stored, in a process of its own. */
const opened = await openSource(process.argv[2] ?? '.');
if (!opened.ok) throw new Error(opened.problem.code);
const { found } = await dryRunInFolder(opened.value);
await opened.value.close();
console.log(JSON.stringify({ files: found.files, bytes: found.bytes }));
