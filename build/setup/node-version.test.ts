import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemWithNode } from './node-version.mjs';

test.each(['20.0.0', '20.20.2', '22.1.0', '24.21.0', '100.0.0'])('Node %s will do', (version) => {
  expect(problemWithNode(version)).toBeUndefined();
});

test.each(['18.20.4', '16.0.0', '8.17.0'])(
  'Node %s is refused in one sentence that says what to do',
  (version) => {
    const problem = problemWithNode(version);
    expect(problem).toContain(version);
    expect(problem).toContain('install Node 24');
    expect(problem).not.toContain('\n');
  },
);

// Node 12 has neither of these, and reads the whole file before it runs the first line of it.
test.each(['run.mjs', 'convoy.mjs', 'setup/node-version.mjs'])('an old Node can read build/%s', (name) => {
  const script = readFileSync(join(import.meta.dirname, '..', name), 'utf8').replace(/^\s*\/\/.*$/gm, '');
  expect(script).not.toMatch(/\bawait\b|\?\?|\?\./);
});
