import type { Problem } from '../../../src-shared/model/problem.ts';
import type { RemoteItem, UploadSession } from '../../destination/destination.ts';
import type { FileToCopy } from '../../store/journal.ts';
import { ask } from '../ask.ts';
import type { Passing } from '../traffic.ts';
import { guarded } from '../work.ts';
import type { Content } from './content.ts';
import type { FileJob } from './file-job.ts';

/** How sending came to an end. `stopped`: the unit ends; the upload is kept as it is. */
export type UploadEnd =
  | { readonly how: 'done'; readonly item: RemoteItem }
  | { readonly how: 'changed' }
  | { readonly how: 'problem'; readonly problem: Problem }
  | { readonly how: 'stopped' };

/** A service that wants the same bytes again and again is one that cannot keep them. */
const MOST_STEPS_BACK = 5;
/** What a fragment of this size takes is the service's time; what larger ones take, the network's. */
const SERVICE_BOUND_BYTES = 1_048_576;

/**
 * Sends the bytes of a file from an offset to the end. The source is looked at again before the last fragment: what
 * changed while it was read is then not committed at all.
 */
export async function sendBytes(
  job: FileJob,
  file: FileToCopy,
  content: Content,
  open: { readonly session: UploadSession; readonly offset: number },
  passing: Passing,
): Promise<UploadEnd> {
  const { work, slot } = job;
  const total = content.fingerprint.size;
  let { session, offset } = open;
  let stepsBack = 0;
  for (;;) {
    const read = await slot.during('reading', () => content.fragment(offset));
    if (!read.ok) return { how: 'problem', problem: read.problem };
    const fragment = read.value;
    const { bytes } = fragment;
    const end = offset + bytes.length;
    let hash: string | undefined;
    if (end < total) content.ahead(end);
    else {
      const verdict = await beforeLast(content);
      if (!verdict.ok) {
        fragment.release(true);
        return verdict.end;
      }
      hash = verdict.hash;
    }
    const state = bytes.length <= SERVICE_BOUND_BYTES ? 'committing' : 'sending';
    const sent = await ask(work, slot, state, (options) =>
      work.job.destination.send(session, { offset, total, bytes, hash }, options),
    );
    fragment.release(sent?.ok === true);
    if (!sent) return { how: 'stopped' };
    if (!sent.ok) return { how: 'problem', problem: sent.problem };
    job.pieceDone(bytes.length);
    if (sent.value.done) {
      passing.sent(total);
      return { how: 'done', item: sent.value.item };
    }
    const { next } = sent.value;
    if (next <= offset) stepsBack += 1;
    if (stepsBack > MOST_STEPS_BACK) {
      return { how: 'problem', problem: { code: 'service-error', detail: `wants byte ${next} again` } };
    }
    session = sent.value.session;
    offset = next;
    passing.sent(offset);
    // Not waited for: what a kill makes of it, the service knows better.
    void guarded(work.control, () => work.job.journal.saveProgress(file.item, offset, session.expires));
  }
}

/** Whether the last fragment may go, and the hash of the whole file, which has been read by now. */
async function beforeLast(
  content: Content,
): Promise<{ readonly ok: true; readonly hash: string } | { readonly ok: false; readonly end: UploadEnd }> {
  const same = await content.stillSame();
  if (!same.ok) return { ok: false, end: { how: 'problem', problem: same.problem } };
  if (!same.value) return { ok: false, end: { how: 'changed' } };
  const hash = await content.hash();
  return hash.ok
    ? { ok: true, hash: hash.value }
    : { ok: false, end: { how: 'problem', problem: hash.problem } };
}
