import type { Messages } from '../text/en.ts';

/** What people call a cloud; one that was described by a file has only the name in there. */
export function cloudName(t: Messages, name: string): string {
  const names: Readonly<Record<string, string>> = t.signIn.cloud;
  return names[name] ?? name;
}
