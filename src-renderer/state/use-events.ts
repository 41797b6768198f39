import { useCallback, useEffect, useState } from 'react';
import type { FleetEvent } from '../../src-shared/contract/console-types.ts';
import { askPlain, type Failure } from './ask.ts';
import { useClient } from './connection.ts';

const PAGE = 50;
/** New events are looked for this often while a page shows them. */
const REFRESH_MS = 3_000;

interface Events {
  /** Newest first; null until the first answer. */
  readonly events: readonly FleetEvent[] | null;
  readonly failure: Failure | null;
  /** Whether older ones may exist. */
  readonly more: boolean;
  readonly older: () => void;
  readonly again: () => void;
}

/** Puts a fresh first page before what is held already; an event is known by its number. */
export function mergeEvents(
  held: readonly FleetEvent[],
  fresh: readonly FleetEvent[],
): readonly FleetEvent[] {
  const known = new Set(fresh.map((event) => event.id));
  return [...fresh, ...held.filter((event) => !known.has(event.id))].sort((a, b) => b.id - a.id);
}

/** What happened, of one task or of all, kept fresh while it is on the screen. */
export function useEvents(task?: string): Events {
  const client = useClient();
  const [events, setEvents] = useState<readonly FleetEvent[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [more, setMore] = useState(false);
  const load = useCallback(async () => {
    if (!client) return;
    const page = await askPlain(() => client.events.page({ limit: PAGE, ...(task ? { task } : {}) }));
    if (!page.ok) return setFailure(page.failure);
    setFailure(null);
    setEvents((held) => {
      if (held === null) setMore(page.value.length === PAGE);
      return mergeEvents(held ?? [], page.value);
    });
  }, [client, task]);

  useEffect(() => {
    void load();
    const timer = setInterval(() => void load(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [load]);

  const older = useCallback(() => {
    const before = events?.at(-1)?.id;
    if (!client || before === undefined) return;
    void askPlain(() => client.events.page({ before, limit: PAGE, ...(task ? { task } : {}) })).then(
      (page) => {
        if (!page.ok) return setFailure(page.failure);
        setMore(page.value.length === PAGE);
        setEvents((held) => mergeEvents(held ?? [], page.value));
      },
    );
  }, [client, events, task]);

  return { events, failure, more, older, again: () => void load() };
}
