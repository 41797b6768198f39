import type { LimitingFactor } from './wait.ts';

/** What a limiting factor is drawn in on a light ground: the same on the screen and in a report, so that one picture explains the other. */
export const factorColours: Readonly<Record<LimitingFactor, string>> = {
  source: '#8560c0',
  network: '#2f7fc1',
  service: '#17868b',
  throttling: '#b9800c',
  budget: '#8a6a3b',
  machine: '#b8557a',
  'blocked-names': '#6d7f2e',
  'source-away': '#c9452e',
  'gentle-mode': '#4d8b57',
  paused: '#7b8794',
  nothing: '#c9d1d9',
};
