import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { project } from '../project.ts';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      optional: z.boolean().optional(),
      os: z.array(z.string()).optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const { packages } = lockSchema.parse(JSON.parse(readFileSync(project('package-lock.json'), 'utf8')));

/** Where Node would look for a package from another one: beside those above it, and in it. */
function placesOf(name: string, from: string): string[] {
  const parts = from.split('node_modules/');
  return parts.map((_, index) => {
    const above = parts
      .slice(0, index + 1)
      .join('node_modules/')
      .replace(/\/$/, '');
    return `${above}/node_modules/${name}`.replace(/^\//, '');
  });
}

// npm writes only those down that its registry had for it; `npm ci` then refuses the lockfile on every machine.
test('the lockfile names the binaries for every kind of machine, so that `npm ci` takes it', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesOf(name, path).some((place) => place in packages))
      .map((name) => `${path}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lockfile names no registry, and knows the checksum of all but optional packages for some systems', () => {
  const entries = Object.entries(packages).filter(([path]) => path !== '');
  expect(entries.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  const unchecked = entries.filter(([, { integrity }]) => integrity === undefined);
  expect(unchecked.filter(([, { optional, os }]) => optional !== true || os === undefined)).toEqual([]);
});
