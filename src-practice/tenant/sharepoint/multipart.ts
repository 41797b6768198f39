/** A request that came as a part of a batch of SharePoint's REST. */
export interface RestPart {
  readonly method: string;
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a part is answered with. */
export interface RestAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json: unknown;
}

const LINE = '\r\n';
/** Batches may hold change sets; those hold nothing but requests. */
const DEEPEST = 2;

/**
 * Takes a batch of OData 3 apart, as SharePoint takes it ("Make batch requests with the REST APIs"): requests and change sets of requests,
 * multipart/mixed. Undefined for what is none.
 */
export function parseRestBatch(contentType: string, text: string): readonly RestPart[] | undefined {
  return partsOf(contentType, text, DEEPEST);
}

function partsOf(contentType: string, text: string, depth: number): readonly RestPart[] | undefined {
  const boundary = /^multipart\/mixed;.*\bboundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined || depth === 0) return undefined;
  const [, ...sections] = `${LINE}${text}`.split(`${LINE}--${boundary}`);
  const end = sections.pop();
  if (end === undefined || !end.startsWith('--')) return undefined;
  const parts: RestPart[] = [];
  for (const section of sections) {
    const { headers, rest } = headed(section.slice(LINE.length));
    const type = headers['content-type'] ?? '';
    const inside = type.startsWith('application/http') ? requestIn(rest) : partsOf(type, rest, depth - 1);
    if (inside === undefined) return undefined;
    parts.push(...inside);
  }
  return parts;
}

function requestIn(text: string): readonly RestPart[] | undefined {
  const cut = text.indexOf(LINE);
  const line = /^(GET|POST|PUT|PATCH|DELETE) (\S+) HTTP\/1\.1$/.exec(cut < 0 ? text : text.slice(0, cut));
  const [, method, url] = line ?? [];
  if (method === undefined || url === undefined) return undefined;
  const { headers, rest } = headed(cut < 0 ? '' : text.slice(cut + LINE.length));
  return [{ method, url, headers, body: rest.trim() }];
}

/** Headers up to the first empty line, and what follows it. */
function headed(text: string): { readonly headers: Record<string, string>; readonly rest: string } {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf(LINE, at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at = end < 0 ? text.length : end + LINE.length;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, rest: text.slice(at) };
}

/** The answers to a batch, in the order of its requests. */
export function restBatchAnswer(boundary: string, answers: readonly RestAnswer[]): string {
  const sections = answers.map(({ status, headers = {}, json }) =>
    [
      `--${boundary}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `HTTP/1.1 ${status} ${status < 400 ? 'OK' : 'Error'}`,
      'CONTENT-TYPE: application/json;odata=nometadata;charset=utf-8',
      ...Object.entries(headers).map(([name, value]) => `${name.toUpperCase()}: ${value}`),
      '',
      JSON.stringify(json),
      '',
    ].join(LINE),
  );
  return `${sections.join('')}--${boundary}--${LINE}`;
}
