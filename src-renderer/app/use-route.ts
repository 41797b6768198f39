import { useMemo, useSyncExternalStore } from 'react';
import { parseHash, type Route, toHash } from './route.ts';

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}

/** The route of the address bar; back, forward and links all go through it. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}

export function go(route: Route): void {
  window.location.hash = toHash(route);
}

/** Changes the address without a step back: for filters while they are typed. */
export function replaceRoute(route: Route): void {
  window.history.replaceState(null, '', toHash(route));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
