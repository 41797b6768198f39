/**
 * A message of a WebSocket as JSON; undefined for what is none: binary, or a text that cannot be parsed. No message
 * is `undefined` as JSON.
 */
export function parsedText(data: unknown, isBinary: boolean): unknown {
  if (isBinary || !Buffer.isBuffer(data)) return undefined;
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
