/**
 * Names of files are written by strangers. Control characters could move a terminal's cursor, the marks of right-to-left
 * writing could make `gpj.exe` out of `exe.jpg`: both are shown as their code points instead. The joiner that emoji
 * are made with (U+200D) does no harm and stays.
 */
const UNSEEN = /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Text on one line, with everything in it that cannot be seen made visible. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16)}}`;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe in HTML, between tags and in quoted attributes. */
export function html(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
