import type { Cloud } from '../model/cloud.ts';
import { parseDestinationAddress } from '../rules/destination-address.ts';
import { type Draft, draftFields } from './draft.ts';
import type { Fault } from './fault.ts';
import { addressOf } from './place.ts';

/** `\\server\share`, `C:\`, `/mnt`, and the same with other slashes. */
const ABSOLUTE = /^(?:[\\/]{2}[^\\/]+[\\/]+[^\\/]+|[a-z]:[\\/]|\/)/i;
const MAIL = /^[^\s@/\\]+@[^\s@/\\]+\.[^\s@/\\]+$/;

/** What is wrong with a row by itself; the row is to be tidied before. What only the file server and SharePoint know is not looked at. */
export function checkDraft(draft: Draft, cloud: Pick<Cloud, 'sharePointHostSuffix'>): readonly Fault[] {
  const { line, cells, surplus } = draft;
  const faults: Fault[] = [];
  const tell = (code: Fault['code'], facts: Omit<Fault, 'code' | 'line'>): void => {
    faults.push({ code, line, ...facts });
  };

  for (const column of draftFields) {
    if (hasControlCharacter(cells[column]))
      tell('import-control-character', { column, given: cells[column] });
  }
  const { source, site } = cells;
  if (source === '') tell('import-source-missing', { column: 'source' });
  else if (!ABSOLUTE.test(source)) tell('import-source-not-absolute', { column: 'source', given: source });
  if (site === '') tell('import-destination-missing', { column: 'site' });
  else if (MAIL.test(site)) tell('import-destination-is-person', { column: 'site', given: site });
  else {
    const address = parseDestinationAddress(addressOf(draft), cloud);
    if (!address.ok) {
      const { code, detail } = address.problem;
      tell(code, { column: 'site', given: site, detail });
    }
  }
  if (draft.serverLibrary.length > 0)
    tell('import-server-library', { given: draft.serverLibrary.join(', ') });
  if (surplus.length > 0) tell('import-cells-left-over', { given: surplus.join(', ') });
  for (const detail of draft.unknownSettings) tell('import-setting-not-used', { detail });
  return faults;
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return true;
  }
  return false;
}
