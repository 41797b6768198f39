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
