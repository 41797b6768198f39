import { captureNode, project, tools } from '../project.ts';
import { checkHouse } from './house.ts';

/** One thing that is checked without running the product. */
export interface Step {
  readonly name: string;
  /** What is wrong, for people; undefined when nothing is. */
  readonly run: () => Promise<string | undefined>;
}

function tool(name: string, args: readonly string[]): Step {
  return {
    name,
    run: async () => {
      const { code, output } = await captureNode(args);
      return code === 0 ? undefined : output.trimEnd() || `exit code ${code}`;
    },
  };
}

/** What was found out is kept, so that the next check looks only at what has changed since: a fifth of the time. */
const types = (folder: string): Step =>
  tool(`types: ${folder}`, [
    tools.tsc,
    ...['--noEmit', '-p', project(folder)],
    ...['--incremental', '--tsBuildInfoFile', project(`node_modules/.cache/types/${folder}.tsbuildinfo`)],
  ]);

/** All checks, quickest first. */
export const steps: readonly Step[] = [
  tool('format and lint', [tools.biome, 'ci', '--colors=off', '.']),
  {
    name: 'arrows and circles',
    run: async () => {
      const { files, wrong } = checkHouse();
      if (files === 0) return 'no file was found to check';
      return wrong.length === 0 ? undefined : wrong.join('\n');
    },
  },
  types('.'),
  types('src-shared'),
  types('src-renderer'),
  types('build'),
  types('tests'),
  tool('promises', [tools.oxlint, '--type-aware', '--quiet']),
  tool('unused code', [tools.knip, '--no-progress', '--no-config-hints']),
];
