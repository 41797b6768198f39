import { randomUUID } from 'node:crypto';
import { failed, ok, type Problem, type Result } from '../../../../src-shared/model/problem.ts';
import type { Attributed, Authorship, CallOptions } from '../../destination.ts';
import { type Answer, errorOf, isSuccess, jsonOf } from '../answer.ts';
import type { DriveLink } from '../drive-link.ts';
import { isFile, toRemoteItem, wholeSeconds } from '../items.ts';
import { units } from '../meter.ts';
import { againOf, inRounds, type Verdict } from '../rounds.ts';
import { describeError, readServiceError, type ServiceError } from '../service-error.ts';
import { stamp } from '../stamp.ts';
import { formOf, refusalIn } from './form-values.ts';
import { lookAtItems, type SeenItem } from './look-at-items.ts';
import { type RestAnswer, readRestBatch, writeRestBatch } from './rest-batch.ts';
import type { SharePointLink } from './sharepoint-link.ts';

/** An item that is as it was left, and what is to be said of it. */
interface Wanted {
  readonly wish: Authorship;
  readonly before: SeenItem;
  readonly siteUrl: string;
  /** Of the list item, below the site. */
  readonly place: string;
}

/**
 * Whether the times of a file follow one another. One that was copied to its share was made there after its last change, and a form with such
 * times may be read otherwise.
 */
type Kind = 'in-order' | 'made-later';

/**
 * Says at SharePoint who made files (docs/decisions/0028): a look at each, for its numbers and whether it is as it was left; one batch of updates;
 * another look, for its new tag and whether its times are what they were. Whether a site keeps times is found out with a single file
 * first: where it does not, that file is put right, and no other of its kind is touched.
 */
export class Authors {
  readonly #link: DriveLink;
  readonly #sharePoint: SharePointLink | undefined;
  /** Why none can be set here, or none of a kind, once that is known. */
  #barred: Problem | undefined;
  readonly #barredKinds = new Map<Kind, Problem>();
  /** A file of the kind was given its author and kept its times. */
  readonly #proven = new Set<Kind>();
  readonly #trying = new Map<Kind, Promise<unknown>>();

  constructor(link: DriveLink, sharePoint: SharePointLink | undefined) {
    this.#link = link;
    this.#sharePoint = sharePoint;
    if (sharePoint === undefined) {
      this.#barred = { code: 'authors-not-permitted', detail: 'this sign-in gets no token for SharePoint' };
    }
  }

  /** One result for each, in order. */
  async set(items: readonly Authorship[], options: CallOptions): Promise<readonly Result<Attributed>[]> {
    const barred = this.#barred;
    if (barred !== undefined) return items.map(({ name }) => refused(barred, name));
    const looks = await lookAtItems(this.#link, items, options);
    const judged = items.map((wish, i) => wantedOf(wish, looks[i] ?? missing()));
    const ends = new Map<Wanted, Result<Attributed>>();
    for (const kind of ['in-order', 'made-later'] as const) {
      const some = judged.flatMap((each) =>
        each.ok && kindOf(each.value.before) === kind ? [each.value] : [],
      );
      const results = await this.#setKind(kind, some, options);
      for (const [i, each] of some.entries()) ends.set(each, results[i] ?? missing());
    }
    return judged.map((each) => (each.ok ? (ends.get(each.value) ?? missing()) : each));
  }

  async #setKind(
    kind: Kind,
    some: readonly Wanted[],
    options: CallOptions,
  ): Promise<readonly Result<Attributed>[]> {
    const results: Result<Attributed>[] = [];
    while (results.length < some.length && !this.#proven.has(kind) && this.#whyNot(kind) === undefined) {
      // Others that come meanwhile wait for what this one finds out.
      const trying = this.#trying.get(kind);
      if (trying !== undefined) {
        await trying;
        continue;
      }
      const one = this.#update(some.slice(results.length, results.length + 1), options);
      this.#trying.set(
        kind,
        one.finally(() => this.#trying.delete(kind)),
      );
      const [result = missing()] = await one;
      results.push(result);
      if (result.ok && result.value.refused === undefined) this.#proven.add(kind);
      if (!result.ok && result.problem.code === 'stopped-by-you') break;
    }
    const rest = some.slice(results.length);
    const barred = this.#whyNot(kind);
    const last = barred
      ? rest.map(({ wish }) => refused(barred, wish.name))
      : await this.#update(rest, options);
    return [...results, ...last];
  }

  #whyNot(kind: Kind): Problem | undefined {
    return this.#barred ?? this.#barredKinds.get(kind);
  }

  async #update(some: readonly Wanted[], options: CallOptions): Promise<readonly Result<Attributed>[]> {
    const sharePoint = this.#sharePoint;
    if (sharePoint === undefined)
      return some.map(({ wish }) => refused({ code: 'authors-not-permitted' }, wish.name));
    const updates = await inRounds(
      this.#link,
      some,
      (group) => this.#ask(sharePoint, group, options),
      options,
    );
    const done = some.filter((_, i) => updates[i]?.ok === true && updates[i].value === undefined);
    const looks = await lookAtItems(
      this.#link,
      done.map(({ wish }) => wish),
      options,
    );
    const after = new Map(done.map((each, i) => [each, looks[i] ?? missing()]));
    const results: Result<Attributed>[] = [];
    for (const [i, each] of some.entries()) {
      const update = updates[i] ?? missing();
      if (!update.ok) results.push(this.#noteRefusal(update));
      else if (update.value !== undefined) {
        results.push(ok({ item: toRemoteItem(each.before), refused: update.value }));
      } else results.push(await this.#settle(each, after.get(each) ?? missing(), options));
    }
    return results;
  }

  /** Asks for updates of files of one site in one batch; undefined: taken. */
  async #ask(
    { rest, apiOf }: SharePointLink,
    some: readonly Wanted[],
    options: CallOptions,
  ): Promise<readonly Verdict<Problem | undefined>[]> {
    const [first] = some;
    const url = first && apiOf(first.siteUrl);
    if (first === undefined || url === undefined) {
      const detail = `the site is on another host: ${first?.siteUrl ?? ''}`;
      return some.map(() => ({ result: failed('author-not-set', { detail }) }));
    }
    const mark = randomUUID();
    const { contentType, text } = writeRestBatch(
      some.map(({ wish, before, siteUrl, place }) => ({
        url: `${siteUrl.replace(/\/+$/, '')}${place}`,
        body: formOf(wish.person, timesOf(before)),
      })),
      mark,
    );
    const answer = await rest.call(
      {
        method: 'POST',
        url,
        body: Buffer.from(text),
        headers: { 'content-type': contentType, accept: 'multipart/mixed' },
        units: units.listItemUpdate * some.length,
      },
      options,
    );
    if (!answer.ok) return some.map(() => ({ result: answer }));
    if (!isSuccess(answer.value)) {
      const result = refusalOf(errorOf(answer.value));
      return some.map(() => ({ result }));
    }
    const answers = readRestBatch(typeOf(answer.value), answer.value.text);
    return some.map(({ wish }, i) => this.#judge(wish, answers?.[i]));
  }

  #judge({ person, name }: Authorship, part: RestAnswer | undefined): Verdict<Problem | undefined> {
    if (part?.status === 200) return { result: refusalIn(jsonOf(part.text), person) };
    const { status = 500, text = '' } = part ?? {};
    const error = readServiceError(status, jsonOf(text), '');
    const result = refusalOf(error, name);
    // A part has no token of its own: what is refused for that is refused.
    const again = status === 401 ? undefined : againOf(this.#link, part);
    return again === undefined ? { result } : { again, problem: result.problem };
  }

  /** What the item is like now: as it was but for its people, and with the times that it had. */
  async #settle(
    { wish, before }: Wanted,
    look: Result<SeenItem>,
    options: CallOptions,
  ): Promise<Result<Attributed>> {
    if (!look.ok) return look;
    const now = look.value;
    if (!hasSameContent(before, now)) return failed('edited-at-destination', { where: wish.name });
    const times = timesOf(before);
    const kept = timesOf(now);
    if (kept.modified === times.modified && kept.created === times.created) {
      return ok({ item: toRemoteItem(now), refused: undefined });
    }
    const detail = `the site gave it the time ${new Date(kept.modified).toISOString()}, which was put right`;
    const barred = { code: 'author-not-set', detail } as const;
    this.#barredKinds.set(kindOf(before), barred);
    const righted = await stamp(this.#link, now, times, (seen) => hasSameContent(before, seen), options);
    return righted.ok ? ok({ item: toRemoteItem(righted.value), refused: barred }) : righted;
  }

  /** Where the sign-in may not, it may not for any. */
  #noteRefusal(refusal: Result<unknown> & { readonly ok: false }): Result<never> {
    const { problem } = refusal;
    const { code, detail } = problem;
    if (code !== 'authors-not-permitted' && code !== 'sign-in-expired' && code !== 'sign-in-refused') {
      return { ok: false, problem };
    }
    this.#barred = { code: 'authors-not-permitted', detail };
    return { ok: false, problem: this.#barred };
  }
}

/** The item as an order for SharePoint. Codes: edited-at-destination, author-not-set. */
function wantedOf(wish: Authorship, look: Result<SeenItem>): Result<Wanted> {
  if (!look.ok) return look;
  const before = look.value;
  const { modified } = timesOf(before);
  // Another tag and the same time: an update of ours whose answer was lost. Whoever edits a file gives it the present time.
  const asLeft = before.eTag === wish.tag || modified === wholeSeconds(wish.modified);
  if (!asLeft || !isFile(before)) return failed('edited-at-destination', { where: wish.name });
  const ids = before.sharepointIds;
  if (ids === undefined || ids === null) {
    return failed('author-not-set', { where: wish.name, detail: 'Graph names no list item for it' });
  }
  const place = `/_api/web/lists(guid'${ids.listId}')/items(${ids.listItemId})/ValidateUpdateListItem`;
  return ok({ wish, before, siteUrl: ids.siteUrl, place });
}

function kindOf(seen: SeenItem): Kind {
  const { created, modified } = timesOf(seen);
  return created > modified ? 'made-later' : 'in-order';
}

function timesOf({ fileSystemInfo }: SeenItem): { readonly created: number; readonly modified: number } {
  const { createdDateTime, lastModifiedDateTime: modified } = fileSystemInfo;
  return { created: createdDateTime ?? modified, modified };
}

function hasSameContent(
  before: Pick<SeenItem, 'name' | 'size' | 'file' | 'parentReference'>,
  now: Pick<SeenItem, 'name' | 'size' | 'file' | 'parentReference'>,
): boolean {
  const [one, other] = [before.file?.hashes?.quickXorHash, now.file?.hashes?.quickXorHash];
  const sameHash = one === undefined || other === undefined || one === other;
  const samePlace = before.name === now.name && before.parentReference?.id === now.parentReference?.id;
  return before.size === now.size && sameHash && samePlace;
}

/** SharePoint's own words for a refusal; its REST has other codes than Graph. */
function refusalOf(error: ServiceError, where?: string): { ok: false; problem: Problem } {
  const detail = describeError(error);
  if (error.status === 401 || error.status === 403) return failed('authors-not-permitted', { detail });
  if (error.status === 404) return failed('copy-missing', { where, detail });
  if (error.status === 423) return failed('destination-locked', { where, detail });
  return failed('author-not-set', { where, detail });
}

function refused({ code, ...facts }: Problem, where: string): Result<never> {
  return failed(code, { ...facts, where });
}

function typeOf({ headers }: Answer): string | undefined {
  const type = headers['content-type'];
  return typeof type === 'string' ? type : type?.[0];
}

function missing(): never {
  throw new Error('an answer for each request is what is promised');
}
