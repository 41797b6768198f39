import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, it } from 'vitest';
import { ImportDesk } from '../../imports/import-desk.ts';
import { folderRows } from './folder-rows.ts';

function wishesOf(source: string, folders: readonly string[], destination: string) {
  const desk = new ImportDesk(parse, stringify);
  const opened = desk.open(
    'list',
    new TextEncoder().encode(folderRows(source, folders, destination)),
    'task-1',
  );
  expect(opened).toMatchObject({ ok: true, value: { namesOf: 'task-1' } });
  return desk.wishes('all').map((wish) => [wish.source, wish.destination, wish.name]);
}

const LIBRARY = 'https://contoso.sharepoint.com/sites/x/Shared Documents';

it('makes a row of each folder that the import takes as it is', () => {
  expect(wishesOf('\\\\server\\share', ['Sales', 'Ma"in, part', '=SUM(1)'], LIBRARY)).toEqual([
    ['\\\\server\\share\\Sales', `${LIBRARY}/Sales`, 'Sales'],
    ['\\\\server\\share\\Ma"in, part', expect.stringMatching(/Ma.+in%2C%20part$/), 'Ma"in, part'],
    ['\\\\server\\share\\=SUM(1)', `${LIBRARY}/%3DSUM(1)`, '=SUM(1)'],
  ]);
});

it('puts the name of each folder where the address asks for it', () => {
  expect(
    wishesOf('/srv/share/', ['R&D'], 'https://contoso.sharepoint.com/sites/{folder}/Shared Documents'),
  ).toEqual([['/srv/share/R&D', 'https://contoso.sharepoint.com/sites/R%26D/Shared Documents', 'R&D']]);
});
