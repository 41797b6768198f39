/** A copy that was begun elsewhere: what the dialog of a new copy opens with. */
export interface CopyDraft {
  readonly source: string;
  readonly destination: string;
  /** The assessment whose given names go with it. */
  readonly namesOf: string;
}

let draft: CopyDraft | undefined;

/** Says what the next dialog of a new copy opens with. */
export function leaveCopyDraft(left: CopyDraft): void {
  draft = left;
}

/** What was left for the dialog; it is taken once. */
export function takeCopyDraft(): CopyDraft | undefined {
  const left = draft;
  draft = undefined;
  return left;
}
