const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Shortens in the middle to at most `max` characters as people count them; the end (with the extension) stays. */
export function cutMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = [...graphemes.segment(text)].map((part) => part.segment);
  if (characters.length <= max) return text;
  const tail = Math.floor((max - 1) / 2);
  const head = max - 1 - tail;
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - tail).join('')}`;
}

/** The folders of a path, with the last separator, and its name. Separators: '/' and '\'. */
export function splitPath(path: string): { readonly folders: string; readonly name: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return { folders: path.slice(0, at + 1), name: path.slice(at + 1) };
}

/** An address as people read it: `%20` as a space. One whose escapes are no text stays as it is. */
export function readableAddress(address: string): string {
  return /%(?![\da-f]{2})/i.test(address) || !isText(address) ? address : decodeURI(address);
}

/** Whether all escapes of an address are whole UTF-8, without which decodeURI throws. */
function isText(address: string): boolean {
  const bytes = address.matchAll(/(?:%[\da-f]{2})+/gi).map(([run]) => run.slice(1).split('%'));
  return bytes.every((run) => {
    const text = new TextDecoder().decode(Uint8Array.from(run, (byte) => Number.parseInt(byte, 16)));
    return !text.includes('\ufffd');
  });
}
