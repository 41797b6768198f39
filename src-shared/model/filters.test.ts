import { describe, expect, it } from 'vitest';
import { areSameFilters, emptyRange, filtersSchema, filtersSet, noFilters } from './filters.ts';
import { defaultSettings, taskSettingsSchema } from './settings.ts';

describe('filters as settings', () => {
  it('are none in a task that was kept before there were any', () => {
    const { filters, ...before } = defaultSettings;
    expect(filters).toEqual(noFilters);
    expect(filtersSet(filters)).toEqual([]);
    expect(taskSettingsSchema.parse(before)).toEqual(defaultSettings);
  });

  it('say which are set', () => {
    const filters = filtersSchema.parse({ minBytes: 0, skipNames: ['*.bak'], skipHidden: true });
    expect(filtersSet(filters)).toEqual(['minBytes', 'skipNames', 'skipHidden']);
  });

  it('are the same or not', () => {
    const one = filtersSchema.parse({ skipFolders: ['a', 'b'], maxBytes: 5 });
    expect(areSameFilters(one, filtersSchema.parse({ maxBytes: 5, skipFolders: ['a', 'b'] }))).toBe(true);
    expect(areSameFilters(one, { ...one, skipFolders: ['a'] })).toBe(false);
    expect(areSameFilters(one, { ...one, createdFrom: 0 })).toBe(false);
  });

  it.each([
    [{ minBytes: 5, maxBytes: 5 }, undefined],
    [{ minBytes: 6, maxBytes: 5 }, 'maxBytes'],
    [{ modifiedFrom: 5, modifiedBefore: 5 }, 'modifiedBefore'],
    [{ modifiedFrom: 5, createdBefore: 5 }, undefined],
    [{ createdFrom: 6, createdBefore: 5 }, 'createdBefore'],
  ])('%j: nothing can be in %s', (filters, empty) => {
    expect(emptyRange(filtersSchema.parse(filters))).toBe(empty);
  });
});
