const integer = new Intl.NumberFormat('en');
const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A whole number with its thousands apart. */
export function count(n: number): string {
  return integer.format(n);
}

/** A number with its noun, of which there may be one. */
export function counted(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** Three digits and a unit, in decimal steps as SharePoint counts: 1 MB is 1,000,000 bytes. */
export function bytes(n: number): string {
  const step = n < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(n) / 3));
  const amount = n / 1_000 ** step;
  return `${step === 0 ? amount : amount.toPrecision(3)} ${units[step]}`;
}

/** The two largest units that matter: 3 h 5 min, 4 min 10 s, 12.3 s. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms / 1_000);
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A time that means the same everywhere: ISO 8601 in UTC, to the second. */
export function utc(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, -'.000Z'.length)}Z`;
}

/** The same for people. */
export function utcForPeople(ms: number): string {
  return utc(ms).replace('T', ' ').replace('Z', ' UTC');
}
