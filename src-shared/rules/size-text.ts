/** Steps of a thousand, as SharePoint and disks count; with an i those of 1,024. */
const units: Readonly<Record<string, number>> = Object.fromEntries(
  ['', 'k', 'm', 'g', 't', 'p'].flatMap((letter, step) => [
    [letter, 1_000 ** step],
    [`${letter}b`, 1_000 ** step],
    ...(letter === '' ? [] : [[`${letter}ib`, 1_024 ** step]]),
  ]),
);

/**
 * Bytes of a size as people write it: `500`, `10 MB`, `1.5GiB`, `1,5 gb`. Rounded to whole bytes.
 * @returns undefined for what is no size
 */
export function parseSize(text: string): number | undefined {
  const parts = /^(\d{1,15}(?:[.,]\d{1,9})?)\s*([a-z]*)$/i.exec(text.trim());
  const factor = units[parts?.[2]?.toLowerCase() ?? ''];
  if (!parts || factor === undefined) return undefined;
  const bytes = Math.round(Number(parts[1]?.replace(',', '.')) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
