/** A parsed `$filter`, ready to be asked about an object. */
export interface Filter {
  readonly test: (record: Readonly<Record<string, unknown>>) => boolean;
  /** It needs `ConsistencyLevel: eventual` and `$count=true` (aad-advanced-queries). */
  readonly advanced: boolean;
}

/** More values than this in one `in (...)` are refused. */
const MOST_IN_VALUES = 15;
/** Properties that only advanced queries filter on. */
const ADVANCED_PROPERTIES = new Set(['onPremisesSamAccountName', 'onPremisesDomainName']);

interface Token {
  readonly kind: 'word' | 'text' | 'mark';
  readonly value: string;
}

/**
 * Reads the part of OData's filter language that directory look-ups use: eq, ne, in, startsWith, endsWith,
 * `collection/any(x:x eq 'v')`, and, or, not, brackets. Anything else gives undefined.
 */
export function parseFilter(text: string): Filter | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const parser = new FilterParser(tokens);
  const test = parser.either();
  return test === undefined || !parser.done ? undefined : { test, advanced: parser.advanced };
}

type Test = Filter['test'];

class FilterParser {
  readonly #tokens: readonly Token[];
  #at = 0;
  advanced = false;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get done(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Test | undefined {
    let left = this.#both();
    while (left !== undefined && this.#take('word', 'or')) {
      const [a, b] = [left, this.#both()];
      left = b === undefined ? undefined : (record) => a(record) || b(record);
    }
    return left;
  }

  #both(): Test | undefined {
    let left = this.#single();
    while (left !== undefined && this.#take('word', 'and')) {
      const [a, b] = [left, this.#single()];
      left = b === undefined ? undefined : (record) => a(record) && b(record);
    }
    return left;
  }

  #single(): Test | undefined {
    if (this.#take('word', 'not')) {
      this.advanced = true;
      const inner = this.#single();
      return inner === undefined ? undefined : (record) => !inner(record);
    }
    if (this.#take('mark', '(')) {
      const inner = this.either();
      return this.#take('mark', ')') ? inner : undefined;
    }
    const word = this.#next('word');
    if (word === undefined) return undefined;
    if (word === 'startsWith' || word === 'endsWith') return this.#prefix(word);
    if (word.endsWith('/any')) return this.#any(word.slice(0, -4));
    return this.#comparison(word);
  }

  #comparison(property: string): Test | undefined {
    if (ADVANCED_PROPERTIES.has(property)) this.advanced = true;
    if (this.#take('word', 'in')) return this.#in(property);
    const negated = this.#take('word', 'ne');
    if (!negated && !this.#take('word', 'eq')) return undefined;
    if (negated) this.advanced = true;
    const value = this.#value();
    return value === undefined ? undefined : (record) => same(record[property], value.is) !== negated;
  }

  #in(property: string): Test | undefined {
    const values: (string | boolean | null)[] = [];
    if (!this.#take('mark', '(')) return undefined;
    do {
      const value = this.#value();
      if (value === undefined) return undefined;
      values.push(value.is);
    } while (this.#take('mark', ','));
    if (!this.#take('mark', ')') || values.length > MOST_IN_VALUES) return undefined;
    return (record) => values.some((value) => same(record[property], value));
  }

  #prefix(way: 'startsWith' | 'endsWith'): Test | undefined {
    const property = this.#take('mark', '(') ? this.#next('word') : undefined;
    const value = this.#take('mark', ',') ? this.#next('text')?.toLowerCase() : undefined;
    if (property === undefined || value === undefined || !this.#take('mark', ')')) return undefined;
    if (way === 'endsWith' || ADVANCED_PROPERTIES.has(property)) this.advanced = true;
    return (record) => {
      const own = record[property];
      if (typeof own !== 'string') return false;
      return way === 'endsWith' ? own.toLowerCase().endsWith(value) : own.toLowerCase().startsWith(value);
    };
  }

  #any(property: string): Test | undefined {
    const variable = this.#take('mark', '(') ? this.#next('word') : undefined;
    if (variable === undefined || !this.#take('mark', ':') || !this.#take('word', variable)) return undefined;
    const value = this.#take('word', 'eq') ? this.#value() : undefined;
    if (value === undefined || !this.#take('mark', ')')) return undefined;
    return (record) => {
      const own = record[property];
      return Array.isArray(own) && own.some((entry) => same(entry, value.is));
    };
  }

  #value(): { readonly is: string | boolean | null } | undefined {
    const text = this.#next('text');
    if (text !== undefined) return { is: text };
    if (this.#take('word', 'null')) return { is: null };
    if (this.#take('word', 'true')) return { is: true };
    return this.#take('word', 'false') ? { is: false } : undefined;
  }

  #next(kind: Token['kind']): string | undefined {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return undefined;
    this.#at += 1;
    return token.value;
  }

  #take(kind: Token['kind'], value: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || token.value !== value) return false;
    this.#at += 1;
    return true;
  }
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const pattern = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_][\w/]*)|([(),:]))/y;
  while (pattern.lastIndex < text.trimEnd().length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, quoted, word, mark] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'") });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word });
    else tokens.push({ kind: 'mark', value: mark ?? '' });
  }
  return tokens;
}

/** The directory compares text without case. */
function same(own: unknown, value: string | boolean | null): boolean {
  if (typeof own === 'string' && typeof value === 'string') return own.toLowerCase() === value.toLowerCase();
  return (own ?? null) === value;
}
