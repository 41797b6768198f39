import type { TaskSettings } from '../../src-shared/model/settings.ts';
import { type FiltersText, filtersEn } from './filters-en.ts';
import { type GentleText, gentleEn } from './gentle-en.ts';

export interface SettingText {
  readonly label: string;
  readonly help: string;
}

/** A setting that the model gains has to get a text here before the screen compiles again. */
export interface SettingsText {
  readonly of: Readonly<Record<keyof TaskSettings, SettingText>>;
  readonly filters: FiltersText;
  readonly gentle: GentleText;
  readonly names: Readonly<Record<TaskSettings['names'], string>>;
  readonly replacement: Readonly<Record<TaskSettings['replacement'], string>>;
  readonly conflict: Readonly<Record<TaskSettings['conflict'], string>>;
  readonly deletions: Readonly<Record<TaskSettings['deletions'], string>>;
  readonly moves: Readonly<Record<TaskSettings['moves'], string>>;
  readonly permissions: Readonly<Record<TaskSettings['permissions'], string>>;
  readonly yes: string;
  readonly no: string;
  readonly becomes: (path: string) => string;
}

export const settingsEn: SettingsText = {
  of: {
    names: {
      label: 'Names that SharePoint refuses',
      help: 'Every changed name is listed in the report; the source keeps its own.',
    },
    replacement: {
      label: 'What stands for a refused character',
      help: 'Look-alikes can be read as the name was and rarely meet; _ can be typed.',
    },
    conflict: {
      label: 'When something else is there already',
      help: 'For items that are not an unchanged copy made by Convoy.',
    },
    deletions: {
      label: 'When something is gone at the source',
      help: 'Only copies that Convoy made and nobody changed are deleted, into the recycle bin; far more than usual are asked about first.',
    },
    moves: {
      label: 'When something was renamed or moved at the source',
      help: 'Only copies that Convoy made and nobody changed are moved; their versions and links stay.',
    },
    confirmedDeletions: {
      label: 'Deletions that are confirmed',
      help: 'So many copies may go in one run, even where that is far more than usual.',
    },
    leaveOutSystem: {
      label: 'Leave out system files',
      help: 'Thumbs.db, desktop.ini, .DS_Store, $RECYCLE.BIN and their like.',
    },
    leaveOutTemporary: {
      label: 'Leave out temporary files',
      help: '*.tmp. Lock files of Office (~$…) are left out in any case: SharePoint refuses them.',
    },
    filters: {
      label: 'Filters',
      help: 'A file is copied when every filter lets it through.',
    },
    gentle: {
      label: 'Gentle mode',
      help: 'How much of the source is taken, so that others can work with it.',
    },
    includeRoot: {
      label: 'Copy the folder itself',
      help: 'Not only what is in it.',
    },
    parallelFiles: {
      label: 'Files at the same time',
      help: '1 to 64, at most: Convoy finds out how many of them bring something.',
    },
    fragmentBytes: {
      label: 'Size of one upload fragment',
      help: 'Larger is faster on good lines; smaller loses less when a line breaks.',
    },
    dryRun: {
      label: 'Rehearse only',
      help: 'List and judge everything, write nothing.',
    },
    keepHashes: {
      label: 'Keep the hash of every file sent',
      help: '29 bytes a file. A later verification can then prove copies whose labels changed or whose source is gone.',
    },
    authors: {
      label: 'Author and editor of files',
      help: 'The owner at the source, by a list of people (convoy copy --people). Needs the permission Sites.FullControl.All of SharePoint.',
    },
    permissions: {
      label: 'Permissions in an assessment',
      help: 'Who has access at the source. Each takes a call to the file server.',
    },
  },
  filters: filtersEn,
  gentle: gentleEn,
  names: { replace: 'Change to the nearest allowed name', fail: 'Do not copy, report as failed' },
  replacement: { 'look-alike': 'A character that looks alike', _: '_ for each of them' },
  conflict: {
    'keep-theirs': 'Keep what is there, report ours as failed',
    skip: 'Keep what is there, and mention it',
    'newer-wins': 'The newer one wins',
    'keep-both': 'Keep both: ours gets another name',
    replace: 'Replace it by a new version',
  },
  deletions: { list: 'Report it, leave the copy', recycle: 'Copy into the recycle bin' },
  moves: { follow: 'Rename or move the copy as well', copy: 'Copy it again, leave the old copy' },
  permissions: { off: 'Not read', folders: 'Of folders', files: 'Of folders and files' },
  yes: 'Yes',
  no: 'No',
  becomes: (path) => `Becomes: ${path}`,
};
