import { z } from 'zod';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions, RemoteItem } from '../destination.ts';
import { type Answer, bodyOf, errorOf, isSuccess } from './answer.ts';
import type { DriveLink } from './drive-link.ts';
import { units } from './meter.ts';
import { problemOf } from './service-error.ts';

/** The item as it has to be for its bytes to be those that are wanted. */
export type Wanted = Pick<RemoteItem, 'id' | 'size' | 'tag'>;

/** Bytes to a request: so much is in memory, and so much comes again when a line breaks. */
const PIECE = 8 * 1_048_576;
/** Addresses are good for about an hour. More new ones in a row than this are not asked for. */
const ADDRESSES = 4;

const addressSchema = z.object({
  eTag: z.string(),
  size: z.number().default(0),
  '@microsoft.graph.downloadUrl': z.url().optional(),
});

/**
 * The bytes of a file in pieces, each by a request for its range, so that whatever breaks goes on where it stopped. They come from
 * a pre-authenticated address, which is asked for first and gets no token: there it may be answered with 401.
 */
export async function* download(
  link: DriveLink,
  wanted: Wanted,
  from: number,
  options: CallOptions,
): AsyncGenerator<Result<Uint8Array>> {
  let address = await addressOf(link, wanted, options);
  let refusals = 0;
  let pieces = 0;
  for (let offset = from; offset < wanted.size; ) {
    if (!address.ok) return yield address;
    const answer = await getPiece(link, address.value, { offset, size: wanted.size }, options);
    if (!answer.ok) return yield answer;
    const piece = pieceOf(answer.value, { offset, size: wanted.size });
    if (piece !== undefined) {
      yield ok(piece);
      offset += piece.length;
      pieces += 1;
      refusals = 0;
      continue;
    }
    refusals += 1;
    if (isSuccess(answer.value) || refusals > ADDRESSES) {
      return yield isSuccess(answer.value) ? edited(wanted, 'another size') : refused(answer.value, wanted);
    }
    // The address may have ended, or the file be another by now: the service says which.
    address = await addressOf(link, wanted, options);
  }
  // Pieces of two versions do not make a file.
  if (pieces > 1) address = await addressOf(link, wanted, options);
  if (!address.ok) yield address;
}

/** The address of the bytes, if the item is still the one that is wanted. */
async function addressOf(link: DriveLink, wanted: Wanted, options: CallOptions): Promise<Result<URL>> {
  const url = link.urls.whole(
    `${link.urls.item(wanted.id)}?$select=id,eTag,size,@microsoft.graph.downloadUrl`,
  );
  const answer = await link.graph.call({ method: 'GET', url, units: units.get }, options);
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return failed('copy-missing', { where: wanted.id });
  if (!isSuccess(answer.value)) return refused(answer.value, wanted);
  const item = bodyOf(addressSchema, answer.value);
  if (!item.ok) return item;
  const { eTag, size, '@microsoft.graph.downloadUrl': address } = item.value;
  if (eTag !== wanted.tag || size !== wanted.size) return edited(wanted, `${eTag}, ${size} bytes`);
  if (address === undefined)
    return failed('service-error', { detail: 'a file without an address of its bytes' });
  return ok(new URL(address));
}

function getPiece(
  link: DriveLink,
  url: URL,
  { offset, size }: { readonly offset: number; readonly size: number },
  options: CallOptions,
): Promise<Result<Answer>> {
  const range = `bytes=${offset}-${Math.min(size, offset + PIECE) - 1}`;
  return link.uploads.call(
    { method: 'GET', url, headers: { range }, units: units.get, binary: true },
    options,
  );
}

/** The bytes that were asked for; undefined when the answer has others, or none. */
function pieceOf(
  { status, headers, bytes }: Answer,
  { offset, size }: { readonly offset: number; readonly size: number },
): Uint8Array | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  // Some servers send a whole file where the range is all of it.
  if (status === 200) return offset === 0 && bytes.length === size ? bytes : undefined;
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(String(headers['content-range']));
  const [first, last, total] = (range ?? []).slice(1).map(Number);
  return first === offset && total === size && last === offset + bytes.length - 1 ? bytes : undefined;
}

function edited({ id, tag, size }: Wanted, now: string): ReturnType<typeof failed> {
  return failed('edited-at-destination', {
    where: id,
    detail: `${tag}, ${size} bytes was expected, ${now} is there`,
  });
}

function refused(answer: Answer, { id }: Wanted): ReturnType<typeof failed> {
  const { code, ...facts } = problemOf(errorOf(answer), id);
  return failed(code, facts);
}
