import { factorColours } from '../../src-shared/model/factor-colours.ts';
import type { Grade, Outcome } from '../../src-shared/model/item.ts';
import type { LimitingFactor } from '../../src-shared/model/wait.ts';

/** Everything found has one of these on the screen: an outcome, or it is still to do. */
export type Share = Outcome | 'todo';

export interface SchemeTokens {
  readonly background: string;
  readonly paper: string;
  readonly sunken: string;
  readonly divider: string;
  readonly text: string;
  readonly quiet: string;
  readonly primary: string;
  readonly onPrimary: string;
  readonly good: string;
  readonly info: string;
  readonly warning: string;
  readonly error: string;
  readonly outcome: Readonly<Record<Share, string>>;
  readonly grade: Readonly<Record<Grade, string>>;
  readonly factor: Readonly<Record<LimitingFactor, string>>;
}

/**
 * Every colour of the screen, in the two schemes. Text colours reach 4.5:1 on all three grounds and graphics 3:1
 * (WCAG 2.2 AA, checked by axe in tests/browser); hues follow Okabe and Ito's order, so that the usual colour
 * blindnesses keep them apart, and no meaning hangs on colour alone.
 */
export const tokens: Readonly<Record<'light' | 'dark', SchemeTokens>> = {
  light: {
    background: '#f4f6f8',
    paper: '#ffffff',
    sunken: '#eceff3',
    divider: '#dde2e8',
    text: '#17212b',
    quiet: '#52606d',
    primary: '#14598f',
    onPrimary: '#ffffff',
    good: '#15704e',
    info: '#2a6aa8',
    warning: '#8a5a00',
    error: '#b3361f',
    outcome: {
      copied: '#1d8a63',
      present: '#4c7fb5',
      'left-out': '#7b8794',
      failed: '#c9452e',
      accepted: '#b17a12',
      planned: '#8560c0',
      todo: '#d3dae1',
    },
    grade: {
      identical: '#1d8a63',
      rewritten: '#1b8a8f',
      'size-equal': '#4c7fb5',
      present: '#7b8794',
      differs: '#c9452e',
      missing: '#8f2d5a',
    },
    factor: factorColours,
  },
  dark: {
    background: '#0f151b',
    paper: '#172029',
    sunken: '#121a22',
    divider: '#2b3743',
    text: '#e7ecf1',
    quiet: '#a3b1be',
    primary: '#84bdf0',
    onPrimary: '#08243c',
    good: '#5ccb9c',
    info: '#84bdf0',
    warning: '#e9b54f',
    error: '#f58b76',
    outcome: {
      copied: '#46b98a',
      present: '#7aa7da',
      'left-out': '#8794a1',
      failed: '#f07b66',
      accepted: '#e0a94a',
      planned: '#b394e6',
      todo: '#3a4754',
    },
    grade: {
      identical: '#46b98a',
      rewritten: '#4fbcc0',
      'size-equal': '#7aa7da',
      present: '#8794a1',
      differs: '#f07b66',
      missing: '#e07fae',
    },
    factor: {
      source: '#b394e6',
      network: '#6fb2ec',
      service: '#52bfc2',
      throttling: '#e8b64c',
      budget: '#c9a877',
      machine: '#e590ae',
      'blocked-names': '#b5c26b',
      'source-away': '#f07b66',
      'gentle-mode': '#86c991',
      paused: '#8794a1',
      nothing: '#46535f',
    },
  },
};

/** The custom property that MUI makes of a palette entry; follows the scheme without a new rendering. */
export function colour(group: 'outcome', name: Share): string;
export function colour(group: 'grade', name: Grade): string;
export function colour(group: 'factor', name: LimitingFactor): string;
export function colour(group: string, name: string): string {
  return `var(--convoy-palette-${group}-${name})`;
}
