import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cursorOf,
  emptyWindow,
  forget,
  knownRows,
  locate,
  missingPage,
  type PageWindow,
  put,
  rowAt,
} from './page-window.ts';

const LIMIT = 10;

/** A list of numbers 0.. as a server would page it: the cursor is the last number seen. */
function answer(length: number, cursor: string | undefined) {
  const from = cursor === undefined ? 0 : Number(cursor) + 1;
  const items = Array.from(
    { length: Math.max(0, Math.min(LIMIT, length - from)) },
    (_, index) => from + index,
  );
  const last = items.at(-1);
  return { items, cursor: last === undefined || last >= length - 1 ? null : String(last), total: length };
}

/** Reads until everything in sight is there, as the screen does; counts the requests. */
function look(window: PageWindow<number>, length: number, from: number, to: number, reach = 2) {
  let current = window;
  let requests = 0;
  for (let page = missingPage(current, from, to); page !== undefined; page = missingPage(current, from, to)) {
    current = forget(put(current, page, answer(length, cursorOf(current, page))), page, reach);
    requests += 1;
    if (requests > 1_000) throw new Error('reads without end');
  }
  return { window: current, requests };
}

describe('a long list of which little is held', () => {
  it('shows every row in its place, wherever one looks, and holds few', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 400 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 20 }),
        (length, places) => {
          let window = emptyWindow<number>();
          for (const place of places) {
            // The eye cannot be further than one row past what is known.
            const from = Math.min(place, knownRows(window));
            window = look(window, length, from, from + 8).window;
            for (let index = from; index <= from + 8 && index < length; index += 1) {
              expect(rowAt(window, index)).toBe(index);
            }
            const held = window.pages.reduce((sum, page) => sum + (page.rows?.length ?? 0), 0);
            expect(held).toBeLessThanOrEqual(5 * LIMIT);
          }
          expect(knownRows(window)).toBeLessThanOrEqual(length);
        },
      ),
    );
  });

  it('asks once for what it has', () => {
    const { window, requests } = look(emptyWindow(), 35, 0, 9);
    expect(requests).toBe(1);
    expect(look(window, 35, 0, 9).requests).toBe(0);
  });

  it('knows an empty list from one not yet read', () => {
    expect(missingPage(emptyWindow(), 0, 0)).toBe(0);
    const { window } = look(emptyWindow(), 0, 0, 9);
    expect([knownRows(window), window.next, missingPage(window, 0, 9)]).toEqual([0, null, undefined]);
  });

  it('drops what follows when a page ends elsewhere than it did', () => {
    const { window } = look(emptyWindow(), 35, 0, 34, 9);
    const changed = put(window, 1, { items: [10, 11, 99], cursor: '99', total: 30 });
    expect(changed.pages).toHaveLength(2);
    expect(cursorOf(changed, 2)).toBe('99');
    expect(locate(changed, 12)).toEqual({ page: 1, offset: 2 });
    expect(locate(changed, 13)).toBeUndefined();
  });

  it('keeps what follows when a page is the same', () => {
    const { window } = look(emptyWindow(), 35, 0, 34, 9);
    expect(put(window, 1, answer(35, cursorOf(window, 1))).pages).toHaveLength(4);
  });
});
