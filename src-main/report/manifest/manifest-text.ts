import { count } from '../format.ts';
import { visible } from '../hostile-text.ts';
import type { CheckedManifest, Complaint } from './check-manifest.ts';

/** What came of the check of a manifest, for a terminal. */
export function manifestText({ manifest, fingerprint, complaints, unsigned }: CheckedManifest): string {
  const { task, run, machine, version, writtenAt, totals, about } = manifest;
  const { copied, present } = totals.byOutcome;
  const lines = [
    `${visible(task.name)}, run ${run.number} (${run.state})${about === 'verification' ? ', verified again' : ''}`,
    `  from ${visible(task.source)}`,
    `  to   ${visible(task.destination)}`,
    `  ${count(totals.found.files)} files found, ${count(copied.files)} copied, ${count(present.files)} already there`,
    `  written ${writtenAt} by ${visible(machine)} with Convoy ${visible(version)}`,
    `  signed by ${fingerprint}`,
    '',
    ...complaints.map(complaintText),
  ];
  if (complaints.length === 0)
    lines.push(`All ${count(manifest.files.length)} files are as they were signed.`);
  if (unsigned.length > 0)
    lines.push(`Not signed, and so nobody vouches for it: ${unsigned.map(visible).join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function complaintText(complaint: Complaint): string {
  const file = visible(complaint.file);
  switch (complaint.what) {
    case 'signature-wrong':
      return `${file}: the signature is not that of this manifest. The manifest was altered, or signed by somebody else.`;
    case 'file-missing':
      return `${file}: missing`;
    case 'file-altered':
      return `${file}: altered (${complaint.detail})`;
    case 'line-removed':
      return `${file}: line ${count(complaint.line)} of the signed file was removed`;
    default: {
      const what = complaint.what === 'line-added' ? 'added' : 'altered';
      return `${file}: line ${count(complaint.line)} was ${what}: ${visible(complaint.begins ?? '')}`;
    }
  }
}
