import { dirname, join } from 'node:path/posix';
import type { Import } from './imports.ts';
import { exceptions, islands, packages, type Room, rooms } from './rooms.ts';

/** A file of the checkout, named from its root with `/`, and what it imports. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** What is wrong with the arrows, one line for each: `file:line what`. Empty when all point down. */
export function wrongArrows(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    if (!room) return [];
    return file.imports.flatMap(({ specifier, line }) => {
      const wrong = specifier.startsWith('.')
        ? wrongFile(file.path, room, join(dirname(file.path), specifier))
        : wrongPackage(file.path, room, specifier);
      return wrong === undefined ? [] : [`${file.path}:${line} ${wrong}`];
    });
  });
}

/** Tests may use the practice tenant and each other's helpers; they are nobody's dependency. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)(test-support|testing)(\/|\.ts$)|\.test-support\.tsx?$/.test(path);
}

function roomOf(path: string): Room | undefined {
  return rooms.find(({ at }) => (at.endsWith('/') ? path.startsWith(at) : path === at));
}

function wrongFile(from: string, room: Room, to: string): string | undefined {
  const target = roomOf(to);
  if (!isTest(from) && isTest(to)) return `imports a test: ${to}`;
  // Name and version of the product are for everybody.
  if (to === 'package.json') return undefined;
  if (!target) return isTest(from) ? undefined : `imports ${to}, which is in no room of the house`;
  if (target.name === room.name || isTest(from)) return undefined;
  if (exceptions.some((exception) => from.startsWith(exception.from) && to.startsWith(exception.to)))
    return undefined;
  const walled = islands.has(target.name) || (islands.has(room.name) && target.name !== 'shared');
  if (walled || target.floor >= room.floor) return `${room.name} must not import ${target.name}: ${to}`;
  return undefined;
}

function wrongPackage(from: string, room: Room, specifier: string): string | undefined {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (name === 'electron') {
    return room.name === 'desktop' ? undefined : `electron is for src-main/desktop alone`;
  }
  const rule = packages[room.name];
  if (!rule || isTest(from)) return undefined;
  if (specifier.startsWith('node:'))
    return rule.node ? undefined : `${room.name} must not use Node: ${specifier}`;
  if (rule.only && !rule.only.includes(name)) return `${room.name} must not use the package ${name}`;
  return undefined;
}
