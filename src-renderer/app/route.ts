import { z } from 'zod';
import { type ItemFilter, itemFilterSchema } from '../../src-shared/contract/console-types.ts';
import type { Picks } from '../../src-shared/survey/picks.ts';
import { picksOf, picksQuery } from './picks-address.ts';

export const taskTabs = ['overview', 'items', 'issues', 'history', 'settings'] as const;
export type TaskTab = (typeof taskTabs)[number];

/** The saved views of the task list. */
export const taskViews = ['all', 'attention', 'running', 'waiting', 'done', 'ready', 'archived'] as const;
export type TaskView = (typeof taskViews)[number];

export const assessTabs = ['pictures', 'findings', 'names', 'forecast'] as const;
export type AssessTab = (typeof assessTabs)[number];

export type Route =
  | { readonly page: 'overview' }
  | { readonly page: 'tasks'; readonly view: TaskView; readonly adding: boolean }
  | { readonly page: 'task'; readonly task: string; readonly tab: TaskTab; readonly filter: ItemFilter }
  | { readonly page: 'import' }
  | { readonly page: 'assess' }
  /** `picks`: what is picked in the pictures, and listed below them. */
  | { readonly page: 'assessment'; readonly task: string; readonly tab: AssessTab; readonly picks: Picks }
  /** `machine`: whose panel is open. */
  | { readonly page: 'machines'; readonly machine: string | null }
  | { readonly page: 'activity' }
  | { readonly page: 'sign-in' }
  | { readonly page: 'unknown'; readonly hash: string };

const viewSchema = z.enum(taskViews).catch('all');
const assessTabSchema = z.enum(assessTabs).catch('pictures');
const tabSchema = z.enum(taskTabs).catch('overview');

/** States of the contract are accepted in `state=` too, and lead to the view that shows them. */
function viewOf(text: string): TaskView {
  if (text === 'running' || text === 'pausing' || text === 'stopping') return 'running';
  if (text === 'waiting' || text === 'paused') return 'waiting';
  if (text === 'failed' || text === 'complete-with-issues') return 'attention';
  if (text === 'complete' || text === 'stopped') return 'done';
  return viewSchema.parse(text);
}

/** Drops what is not a filter one by one, so that one bad word in a link does not lose the others. */
function filterOf(params: URLSearchParams): ItemFilter {
  const shape = itemFilterSchema.shape;
  const filter: Record<string, string> = {};
  for (const key of ['outcome', 'grade', 'kind', 'code', 'text'] as const) {
    const value = params.get(key);
    if (value && shape[key].safeParse(value).success) filter[key] = value;
  }
  return itemFilterSchema.parse(filter);
}

function idOf(text: string | null): string | null {
  return text !== null && /^[a-z0-9-]{4,64}$/.test(text) ? text : null;
}

/** Every address has a route. What does not start with `#/` (nothing, a spent one-time token) is the overview. */
export function parseHash(hash: string): Route {
  if (!hash.startsWith('#/')) return { page: 'overview' };
  const [path = '', query = ''] = hash.slice(2).split('?', 2);
  const params = new URLSearchParams(query);
  const [page, task, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length === 0) {
    if (page === undefined || (page === 'overview' && !task)) return { page: 'overview' };
    if (page === 'machines' && !task) return { page: 'machines', machine: idOf(params.get('machine')) };
    if (page === 'import' && !task) return { page: 'import' };
    if (page === 'assess' && !task) return { page: 'assess' };
    if (page === 'assess' && task && idOf(task) !== null) {
      const tab = assessTabSchema.parse(params.get('tab'));
      return { page: 'assessment', task, tab, picks: tab === 'pictures' ? picksOf(params) : {} };
    }
    if (page === 'activity' && !task) return { page: 'activity' };
    if (page === 'sign-in' && !task) return { page: 'sign-in' };
    if (page === 'tasks' && !task) {
      return { page: 'tasks', view: viewOf(params.get('state') ?? 'all'), adding: params.has('new') };
    }
    if (page === 'tasks' && task && idOf(task) !== null) {
      return { page: 'task', task, tab: tabSchema.parse(params.get('tab')), filter: filterOf(params) };
    }
  }
  return { page: 'unknown', hash };
}

function query(values: Readonly<Record<string, string | undefined>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value) params.set(key, value);
  const text = params.toString();
  return text ? `?${text}` : '';
}

/** The one address of a route; `parseHash(toHash(route))` is the route again. */
export function toHash(route: Route): string {
  switch (route.page) {
    case 'overview':
      return '#/overview';
    case 'import':
      return '#/import';
    case 'assess':
      return '#/assess';
    case 'assessment': {
      const tab = route.tab === 'pictures' ? undefined : route.tab;
      return `#/assess/${route.task}${query({ tab, ...(tab === undefined ? picksQuery(route.picks) : {}) })}`;
    }
    case 'activity':
      return '#/activity';
    case 'sign-in':
      return '#/sign-in';
    case 'machines':
      return `#/machines${query({ machine: route.machine ?? undefined })}`;
    case 'tasks':
      return `#/tasks${query({
        state: route.view === 'all' ? undefined : route.view,
        new: route.adding ? '1' : undefined,
      })}`;
    case 'task': {
      const tab = route.tab === 'overview' ? undefined : route.tab;
      const filter = route.tab === 'items' ? route.filter : {};
      return `#/tasks/${route.task}${query({ tab, ...filter })}`;
    }
    case 'unknown':
      return route.hash;
  }
}

export function tasksHash(view: TaskView = 'all'): string {
  return toHash({ page: 'tasks', view, adding: false });
}

export function machinesHash(machine: string | null = null): string {
  return toHash({ page: 'machines', machine });
}

export const signInHash = toHash({ page: 'sign-in' });
export const assessHash = toHash({ page: 'assess' });

export function assessmentHash(task: string, tab: AssessTab = 'pictures', picks: Picks = {}): string {
  return toHash({ page: 'assessment', task, tab, picks });
}

export const importHash = toHash({ page: 'import' });

export const newCopyHash = toHash({ page: 'tasks', view: 'all', adding: true });

export function taskHash(task: string, tab: TaskTab = 'overview'): string {
  return toHash({ page: 'task', task, tab, filter: {} });
}

export function itemsHash(task: string, filter: ItemFilter): string {
  return toHash({ page: 'task', task, tab: 'items', filter });
}
