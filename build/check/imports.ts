import { parseSync, Visitor } from 'oxc-parser';

/** One import of a file: what it asks for, as written. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
}

/** A worker is named by an address and not by an import; it is an arrow all the same. */
const URL_OF_MODULE = /new URL\(\s*'(\.[^']+\.tsx?)'\s*,\s*import\.meta\.url\s*\)/g;

/**
 * Every way in which a TypeScript file reaches another one: import, re-export, `import()`, `import('x').T`, and the
 * address of a worker. Types count: to know a type is to depend on it.
 * @throws when the file cannot be parsed
 */
export function importsOf(file: string, text: string): readonly Import[] {
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const found: { specifier: string; at: number }[] = [];
  for (const { moduleRequest } of module.staticImports) {
    found.push({ specifier: moduleRequest.value, at: moduleRequest.start });
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) {
      if (moduleRequest) found.push({ specifier: moduleRequest.value, at: moduleRequest.start });
    }
  }
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^['"](.+)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[1]) found.push({ specifier: literal[1], at: moduleRequest.start });
  }
  for (const match of text.matchAll(URL_OF_MODULE)) {
    if (match[1]) found.push({ specifier: match[1], at: match.index });
  }
  new Visitor({
    TSImportType(node) {
      if (node.source.type === 'Literal') found.push({ specifier: node.source.value, at: node.start });
    },
  }).visit(program);
  return found.map(({ specifier, at }) => ({ specifier, line: text.slice(0, at).split('\n').length }));
}
