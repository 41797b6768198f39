import type { Code } from '../catalogue/catalogue.ts';
import type { DraftField } from './draft.ts';

/** What is wrong with, or worth saying about, a cell or a row of an imported file. */
export interface Fault {
  readonly code: Code;
  /** As in {@link Draft.line}; 0 says it of the file. */
  readonly line: number;
  readonly column?: DraftField | undefined;
  /** The cell as it was given. */
  readonly given?: string | undefined;
  /** The other line that it is about, what was understood, the setting. */
  readonly detail?: string | undefined;
}
