import { readMarker } from '../../../src-practice/share/marker.ts';
import { ForeignFolderError, generateShare } from '../../../src-practice/share/share.ts';
import { failed, ok, type Result } from '../../../src-shared/model/problem.ts';
import { bytes, count } from '../../report/format.ts';
import { folderProblem } from '../../store/make-folder.ts';
import { codeOf } from '../../store/thread/wire-error.ts';

export interface ShareWish {
  readonly directory: string;
  readonly files: number;
  readonly seed: string;
  readonly now: number;
}

/**
 * Makes the practice share, or takes the one that is there, and says which. One of another size or seed is replaced.
 * Codes: store-unusable, store-disk-full.
 */
export async function makeShare(wish: ShareWish, say: (line: string) => void): Promise<Result<string>> {
  try {
    say(beforehand(wish));
    const share = await generateShare(wish);
    say(
      `${share.reused ? 'It is there already' : 'Done'}: ${count(share.files)} files, ${bytes(share.bytes)}, some of which cannot be copied.`,
    );
    if (share.files > wish.files) {
      say(`(The ${count(share.files)} that are hard to copy are always in it.)`);
    }
    return ok(share.directory);
  } catch (error) {
    const { directory } = wish;
    if (error instanceof ForeignFolderError) {
      return failed('store-unusable', { where: directory, detail: error.message });
    }
    if (codeOf(error) === undefined) throw error;
    return { ok: false, problem: folderProblem(error, directory) };
  }
}

function beforehand({ directory, files, seed }: ShareWish): string {
  const before = readMarker(directory);
  if (before?.state !== 'complete') return `Making a practice share of ${count(files)} files.`;
  const { options } = before;
  if (options.files === files && options.seed === seed) return 'Looking at the practice share.';
  const there = options.seed === seed ? '' : ` (seed ${options.seed})`;
  return [
    `Replacing the practice share of ${count(options.files)} files${there} by one of ${count(files)}.`,
    'What was copied before stays in the practice tenant; --fresh empties it.',
  ].join('\n');
}
