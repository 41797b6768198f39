import { MARKS } from './item-mark.ts';

/**
 * Items are looked for by stretches of their numbers: of each the table `stretch` says what is in it. That takes a
 * fraction of a byte an item, where one index on what is asked for takes eleven.
 */
export const STRETCH = 256;

export function stretchOf(id: number): number {
  return Math.floor(id / STRETCH);
}

/**
 * The mark of a code; marks below say what an item is.
 * @param code its number in this file
 */
export function codeMark(code: number): number {
  return MARKS + code;
}
