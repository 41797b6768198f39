import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes } from '../../src-shared/catalogue/catalogue.ts';
import { grades, itemKinds, outcomes } from '../../src-shared/model/item.ts';
import { readinessStates } from '../../src-shared/survey/survey.ts';
import { assessTabs, parseHash, type Route, taskTabs, taskViews, toHash } from './route.ts';

const filter = fc.record(
  {
    outcome: fc.constantFrom(...outcomes),
    grade: fc.constantFrom(...grades),
    kind: fc.constantFrom(...itemKinds),
    code: fc.constantFrom(...codes),
    text: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  },
  { requiredKeys: [] },
);

const picks = fc.record(
  {
    ready: fc.constantFrom(...readinessStates),
    ...{ sizes: fc.nat(40), ages: fc.nat(40), pathLengths: fc.nat(40), depths: fc.nat(40) },
    type: fc.string({ maxLength: 16, unit: 'grapheme-ascii' }),
    below: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    code: fc.constantFrom(...codes),
  },
  { requiredKeys: [] },
);

const route: fc.Arbitrary<Route> = fc.oneof(
  fc.constant<Route>({ page: 'overview' }),
  fc.constant<Route>({ page: 'activity' }),
  fc.constant<Route>({ page: 'import' }),
  fc.constant<Route>({ page: 'sign-in' }),
  fc.constant<Route>({ page: 'assess' }),
  fc
    .record({
      page: fc.constant('assessment' as const),
      task: fc.stringMatching(/^[a-z0-9-]{4,64}$/),
      tab: fc.constantFrom(...assessTabs),
      picks,
    })
    .map((one) => (one.tab === 'pictures' ? one : { ...one, picks: {} })),
  fc.record({
    page: fc.constant('machines' as const),
    machine: fc.option(fc.stringMatching(/^[a-z0-9-]{4,64}$/)),
  }),
  fc.record({
    page: fc.constant('tasks' as const),
    view: fc.constantFrom(...taskViews),
    adding: fc.boolean(),
  }),
  fc
    .record({
      page: fc.constant('task' as const),
      task: fc.stringMatching(/^[a-z0-9-]{4,64}$/),
      tab: fc.constantFrom(...taskTabs),
      filter,
    })
    .map((task) => (task.tab === 'items' ? task : { ...task, filter: {} })),
);

describe('addresses', () => {
  it('lead back to the route they were made from', () => {
    fc.assert(
      fc.property(route, (wanted) => {
        expect(parseHash(toHash(wanted))).toEqual(wanted);
      }),
    );
  });

  it('always lead somewhere, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (hash) => {
        expect(parseHash(hash).page).toBeTruthy();
      }),
    );
  });

  it.each(['', '#', '#3f9c-one-time-token', '#overview', '#/', '#/overview'])(
    '%j is the overview',
    (hash) => {
      expect(parseHash(hash)).toEqual({ page: 'overview' });
    },
  );

  it.each(['#/nowhere', '#/tasks/ab', '#/tasks/UPPER-CASE', '#/tasks/a/b/c', '#/overview/more'])(
    '%j says that nothing is there',
    (hash) => {
      expect(parseHash(hash)).toEqual({ page: 'unknown', hash });
    },
  );

  it('understand a state of a task as the view that shows it', () => {
    expect(parseHash('#/tasks?state=failed')).toMatchObject({ view: 'attention' });
    expect(parseHash('#/tasks?state=paused')).toMatchObject({ view: 'waiting' });
    expect(parseHash('#/tasks?state=nonsense')).toMatchObject({ view: 'all' });
  });

  it('drop a bad filter and keep the good ones', () => {
    expect(parseHash('#/tasks/abcd?tab=items&outcome=failed&grade=perfect&text=a%20b')).toEqual({
      page: 'task',
      task: 'abcd',
      tab: 'items',
      filter: { outcome: 'failed', text: 'a b' },
    });
  });
});
