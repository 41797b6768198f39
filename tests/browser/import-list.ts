import type { Page } from 'playwright-core';

const SITE = 'https://contoso.sharepoint.com/sites';

/** A list with a mistake of each kind that is found without asking anybody. */
export const LIST = [
  'source;site;library;folder;name',
  String.raw`\\filesrv-02\finance;${SITE}/finance;Documents;;Finance`,
  String.raw` \\filesrv-02\projects ;${SITE}/projects;Documents;From the share;Projects`,
  String.raw`filesrv-02\scans;${SITE}/scans;Documents;;Scans`,
  String.raw`\\filesrv-02\finance;${SITE}/finance;Documents;;Finance again`,
  String.raw`\\filesrv-02\home\eva;eva@contoso.com;;;Eva`,
  String.raw`\\filesrv-02\<img src=x onerror=alert(1)>;${SITE}/hostile;;;=1+1`,
].join('\r\n');

/** Drops a file on the window as a person does with the mouse. */
export async function dropList(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([file, content]) => {
      const made = new DataTransfer();
      made.items.add(new File([content ?? ''], file ?? '', { type: 'text/csv' }));
      return made;
    },
    [name, text],
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.getByTestId('drop-zone').waitFor();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}
