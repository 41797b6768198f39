import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import type { CallOptions } from '../destination.ts';
import { type Answer, bodyOf, errorOf, isSuccess } from './answer.ts';
import type { GraphClient } from './client.ts';
import type { DriveUrls } from './drive-urls.ts';
import { type DriveItem, driveItemSchema } from './items.ts';
import { units } from './meter.ts';
import { problemOf } from './service-error.ts';
import type { Time } from './time.ts';

/** What every part of a destination works with: one drive, and the ways to it. */
export interface DriveLink {
  /** With a token, for Graph. */
  readonly graph: GraphClient;
  /** Without one, for upload URLs. */
  readonly uploads: GraphClient;
  readonly urls: DriveUrls;
  readonly time: Time;
}

/** The item of a name in a folder; undefined when there is none. */
export async function findChild(
  link: DriveLink,
  parent: string,
  name: string,
  options: CallOptions = {},
): Promise<Result<DriveItem | undefined>> {
  return optional(await getItem(link, link.urls.child(parent, name), options), name);
}

/** The item of an id; undefined when there is none (any more). */
export async function findById(
  link: DriveLink,
  id: string,
  options: CallOptions = {},
): Promise<Result<DriveItem | undefined>> {
  return optional(await getItem(link, link.urls.item(id), options), id);
}

export function getItem(link: DriveLink, path: string, options: CallOptions): Promise<Result<Answer>> {
  return link.graph.call({ method: 'GET', url: link.urls.selected(path), units: units.get }, options);
}

function optional(answer: Result<Answer>, where: string): Result<DriveItem | undefined> {
  if (!answer.ok) return answer;
  if (answer.value.status === 404) return ok(undefined);
  return itemOf(answer.value, where);
}

/** The item in a successful answer; a refusal becomes its problem. */
export function itemOf(answer: Answer, where: string): Result<DriveItem> {
  if (isSuccess(answer)) return bodyOf(driveItemSchema, answer);
  const { code, ...facts } = problemOf(errorOf(answer), where);
  return failed(code, facts);
}
