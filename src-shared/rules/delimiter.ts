/**
 * What stands between the cells of a table: tab, semicolon or comma, whichever splits the first lines most often, and most evenly; spreadsheets write what
 * their country writes. A comma if none does.
 */
export function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/, 20).filter((line) => line.trim() !== '');
  const scored = ['\t', ';', ','].map((delimiter) => {
    const counts = lines.map((line) => withoutQuoted(line).split(delimiter).length - 1);
    return { delimiter, least: Math.min(...counts), sum: counts.reduce((a, b) => a + b, 0) };
  });
  const best = scored.reduce((one, other) =>
    other.least > one.least || (other.least === one.least && other.sum > one.sum) ? other : one,
  );
  return best.sum === 0 ? ',' : best.delimiter;
}

function withoutQuoted(line: string): string {
  return line.replace(/"[^"]*"/g, '');
}
