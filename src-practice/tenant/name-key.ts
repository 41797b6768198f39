/**
 * The form in which two names are the same name to SharePoint: without case, accents and width kept,
 * normal forms kept apart. Each code unit is raised on its own, as Windows and SQL Server do: `ß` is not
 * `SS`, and letters outside ASCII never turn into ASCII ones (dotless i is not I).
 */
export function nameKey(name: string): string {
  if (isAscii(name)) return name.toUpperCase();
  let key = '';
  for (let i = 0; i < name.length; i++) {
    const unit = name.charAt(i);
    const upper = unit.toUpperCase();
    const keeps = upper.length !== 1 || (unit.charCodeAt(0) > 127 && upper.charCodeAt(0) < 128);
    key += keeps ? unit : upper;
  }
  return key;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
