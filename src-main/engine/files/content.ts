import type { Fingerprint } from '../../../src-shared/model/item.ts';
import type { Result } from '../../../src-shared/model/problem.ts';

/** Bytes of a fragment. */
export interface Fragment {
  readonly bytes: Uint8Array;
  /** Gives their memory back. Only after a call that went through may it be written to again: another may still be sending. */
  release(reuse: boolean): void;
}

/** The bytes of one file on their way: from memory, or read as they are sent. */
export interface Content {
  /** The source as it was before the first byte; its size is what is sent. */
  readonly fingerprint: Fingerprint;
  /** The bytes from an offset on, one fragment of them. */
  fragment(offset: number): Promise<Result<Fragment>>;
  /** That fragment will be wanted next: it may be read already. */
  ahead(offset: number): void;
  /** Whether the source is still what it was before the first byte. Asked before the last bytes are sent. */
  stillSame(): Promise<Result<boolean>>;
  /** quickXorHash of all bytes, in base64. Reads those that were not read yet. */
  hash(): Promise<Result<string>>;
}
