import { isRewrittenPart } from './rewritten-parts.ts';

/** Relationships of a `.rels` part in an order of their own, without those to parts that SharePoint adds and rewrites. */
export function relationsOf(xml: string): readonly string[] {
  const relations = xml.match(/<(?:\w+:)?Relationship\b[^>]*>/g) ?? [];
  return relations
    .map((element) => attributesOf(element))
    .filter((attributes) => !isRewrittenTarget(attributes.get('Target') ?? ''))
    .map((attributes) =>
      [...attributes]
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join(' '),
    )
    .sort();
}

function attributesOf(element: string): Map<string, string> {
  const pairs = element.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...pairs].map(([, name = '', double, single]) => [name, double ?? single ?? '']));
}

/** `docProps/app.xml`, `/docProps/app.xml`, `../customXml/item1.xml`. */
function isRewrittenTarget(target: string): boolean {
  return isRewrittenPart(target.replace(/^(?:\.\.\/|\/)+/, ''));
}
