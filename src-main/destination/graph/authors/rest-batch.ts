/** An update that SharePoint's own REST is asked for. */
export interface RestUpdate {
  /** Whole address. */
  readonly url: string;
  readonly body: unknown;
}

/** What one request of a batch was answered. Names of headers in lower case. */
export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const LINE = '\r\n';

/**
 * A batch as SharePoint takes it ("Make batch requests with the REST APIs", sp-dev-docs): OData 3, multipart/mixed, all that changes something
 * in a change set, which is no transaction: what fails of it does not stop the rest.
 * @param mark unguessable, so that no text of a request can look like a border
 */
export function writeRestBatch(
  updates: readonly RestUpdate[],
  mark: string,
): { readonly contentType: string; readonly text: string } {
  const [batch, set] = [`batch_${mark}`, `changeset_${mark}`];
  const requests = updates.map(({ url, body }) =>
    [
      `--${set}`,
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      '',
      `POST ${url} HTTP/1.1`,
      'Accept: application/json;odata=nometadata',
      'Content-Type: application/json;odata=nometadata',
      '',
      JSON.stringify(body),
      '',
      '',
    ].join(LINE),
  );
  const head = [`--${batch}`, `Content-Type: multipart/mixed; boundary="${set}"`, '', ''].join(LINE);
  const end = [`--${set}--`, '', `--${batch}--`, ''].join(LINE);
  return { contentType: `multipart/mixed; boundary="${batch}"`, text: `${head}${requests.join('')}${end}` };
}

/** The answers to a batch, in the order of its requests. Undefined: it is no answer to a batch. */
export function readRestBatch(
  contentType: string | undefined,
  text: string,
): readonly RestAnswer[] | undefined {
  const boundary = /^multipart\/mixed\b.*\bboundary="?([^";]+)"?/i.exec(contentType ?? '')?.[1];
  if (boundary === undefined) return undefined;
  // The first piece is what stands before the first border, the last one what stands behind the last.
  const sections = text.split(new RegExp(`(?:^|\\r?\\n)--${escaped(boundary)}`)).slice(1, -1);
  const answers: RestAnswer[] = [];
  for (const section of sections) {
    const found = /\bHTTP\/1\.\d (\d{3})[^\r\n]*\r?\n/.exec(section);
    if (found === null) return undefined;
    const [head = '', ...body] = section.slice(found.index + found[0].length).split(/\r?\n\r?\n/);
    answers.push({ status: Number(found[1]), headers: headersIn(head), text: body.join(LINE + LINE).trim() });
  }
  return answers;
}

function headersIn(head: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return headers;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
