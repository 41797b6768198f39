import { type KeyboardEvent, useRef, useState } from 'react';

/** Where a key leads among some things in a row; undefined for keys that do not move. */
export function rovedTo(key: string, at: number, count: number): number | undefined {
  const to: Readonly<Record<string, number>> = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: count - 1,
  };
  const next = to[key];
  return next === undefined ? undefined : Math.min(count - 1, Math.max(0, next));
}

/**
 * One tab stop for many buttons, arrows between them.
 * @param first the one that is reached by tab before anybody moved: the one that is picked
 */
export function useRoving(count: number, first: number) {
  const [moved, setMoved] = useState<number | null>(null);
  const active = Math.min(moved ?? Math.max(0, first), Math.max(0, count - 1));
  const buttons = useRef<(HTMLElement | null)[]>([]);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = rovedTo(event.key, active, count);
    if (next === undefined) return;
    event.preventDefault();
    setMoved(next);
    buttons.current[next]?.focus();
  };
  const propsOf = (at: number) => ({
    tabIndex: at === active ? 0 : -1,
    ref: (button: HTMLElement | null) => {
      buttons.current[at] = button;
    },
    onFocus: () => setMoved(at),
  });
  return { onKeyDown, propsOf };
}
