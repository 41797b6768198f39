/**
 * JSON as people's files have it: with comments, and with a comma too many before a closing bracket, as the sample in Microsoft's own
 * documentation. Throws SyntaxError for what is no JSON even so.
 */
export function parseLenientJson(text: string): unknown {
  return JSON.parse(withoutPieces(withoutPieces(text, COMMENTS), COMMAS));
}

/** Strings are matched first and kept, so that nothing in them is taken for a comment or a comma. */
const COMMENTS = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const COMMAS = /"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g;

function withoutPieces(text: string, pieces: RegExp): string {
  return text.replace(pieces, (piece) => (piece.startsWith('"') ? piece : ''));
}
