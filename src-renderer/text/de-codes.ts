import type { Code } from '../../src-shared/catalogue/catalogue.ts';
import type { CodeText } from './de-codes/code-text.ts';
import { deDestinationCodes } from './de-codes/destination.ts';
import { deFilterCodes } from './de-codes/filter.ts';
import { deFleetCodes } from './de-codes/fleet.ts';
import { deImportCodes } from './de-codes/imports.ts';
import { deMachineCodes } from './de-codes/machine.ts';
import { deNameCodes } from './de-codes/name.ts';
import { deSignInCodes } from './de-codes/sign-in.ts';
import { deSourceCodes } from './de-codes/source.ts';
import { deSurveyCodes } from './de-codes/survey.ts';
import { deTenantCodes } from './de-codes/tenant.ts';

/** The catalogue's texts in German. A code without one does not compile. */
export const deCodes: Readonly<Record<Code, CodeText>> = {
  ...deSourceCodes,
  ...deNameCodes,
  ...deDestinationCodes,
  ...deTenantCodes,
  ...deSignInCodes,
  ...deMachineCodes,
  ...deSurveyCodes,
  ...deFilterCodes,
  ...deImportCodes,
  ...deFleetCodes,
};
