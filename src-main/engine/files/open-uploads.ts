import type { Result } from '../../../src-shared/model/problem.ts';
import type { UploadRequest, UploadSession } from '../../destination/destination.ts';
import type { FileToCopy, SavedUpload } from '../../store/journal.ts';
import { askEach } from '../ask.ts';
import { timesToKeep } from '../times.ts';
import { cancelUnsaved } from './cancel-upload.ts';
import type { Content } from './content.ts';
import type { FileJob } from './file-job.ts';

/** A file and its bytes. */
export interface Loaded {
  readonly file: FileToCopy;
  readonly content: Content;
}

/** What to ask the destination for, to get a file there. */
export function uploadRequest({ file, content }: Loaded): UploadRequest {
  return {
    parent: file.parentRemoteId,
    name: file.name,
    size: content.fingerprint.size,
    times: timesToKeep(file.created, content.fingerprint.modified),
    replace: file.replace ?? 'create',
  };
}

/**
 * Opens uploads in one round trip and saves them in one commit, before a byte is sent. However it ends, what was opened
 * is in the journal or cancelled: an upload of which nobody has the address blocks its name.
 * @returns one result for each, in order; undefined: the unit ends
 */
export async function openAndSave(
  job: FileJob,
  files: readonly Loaded[],
): Promise<readonly Result<UploadSession>[] | undefined> {
  const { work, slot, blocked } = job;
  const { destination, journal } = work.job;
  const wanted = new Map(files.map((each) => [uploadRequest(each), each]));
  const opened: SavedUpload[] = [];
  let saved = false;
  try {
    const answers = await askEach(work, slot, 'opening', [...wanted.keys()], async (some, options) => {
      const results = await destination.openUploads(some, options);
      for (const [i, request] of some.entries()) {
        const [result, each] = [results[i], wanted.get(request)];
        if (!result?.ok || !each) continue;
        const { token, expires } = result.value;
        const { item } = each.file;
        opened.push({ item, token, expires, offset: 0, fingerprint: each.content.fingerprint });
        blocked.free(item);
      }
      return results;
    });
    if (opened.length > 0) await slot.during('journal', () => journal.saveUploads(opened));
    saved = true;
    return answers;
  } finally {
    if (!saved) await cancelUnsaved(work, opened);
  }
}
