import { destinationCodes } from './destination-codes.ts';
import type { CatalogueEntry } from './entry.ts';
import { filterCodes } from './filter-codes.ts';
import { fleetCodes } from './fleet-codes.ts';
import { importCodes } from './import-codes.ts';
import { machineCodes } from './machine-codes.ts';
import { nameCodes } from './name-codes.ts';
import { signInCodes } from './sign-in-codes.ts';
import { sourceCodes } from './source-codes.ts';
import { surveyCodes } from './survey-codes.ts';
import { tenantCodes } from './tenant-codes.ts';

/**
 * Every code that Convoy can say, with title, cause and remedy. Codes are stable: scripts and reports
 * carry them, so one is never renamed or given another meaning, only added.
 */
export const catalogue = {
  ...sourceCodes,
  ...nameCodes,
  ...destinationCodes,
  ...tenantCodes,
  ...signInCodes,
  ...machineCodes,
  ...surveyCodes,
  ...filterCodes,
  ...importCodes,
  ...fleetCodes,
} as const satisfies Record<string, CatalogueEntry>;

export type Code = keyof typeof catalogue;

export const codes = Object.keys(catalogue) as readonly Code[];

/** Looks a code up. Total: the type admits no code that the catalogue lacks. */
export function lookUp(code: Code): CatalogueEntry {
  return catalogue[code];
}

export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}
