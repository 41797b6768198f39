import { describe, expect, it } from 'vitest';
import { type Filters, noFilters } from '../../src-shared/model/filters.ts';
import { saidFilters } from './filter-options.ts';
import { filterText } from './filter-text.ts';
import { sayToAssess } from './say-to-assess.ts';

/** What `convoy assess` makes of these words: the filters, and what is said to whoever said them. */
async function say(...args: readonly string[]) {
  const { said, err, code } = await sayToAssess(args, saidFilters);
  return { filters: said, err, code };
}

describe('filters on the command line', () => {
  it('are those of the task when nothing is said, and none when that is said', async () => {
    expect((await say()).filters).toBeUndefined();
    expect((await say('--no-filters')).filters).toEqual(noFilters);
  });

  it.each<[string[], Partial<Filters>]>([
    [['--modified-after', '2024-01-31T18:30Z'], { modifiedFrom: Date.UTC(2024, 0, 31, 18, 30) }],
    [['--modified-before', '2024-02-29'], { modifiedBefore: new Date(2024, 1, 29).getTime() }],
    [
      ['--created-after', '2024-01-31T18:30:10.5+02:00'],
      { createdFrom: Date.UTC(2024, 0, 31, 16, 30, 10, 500) },
    ],
    [['--created-before', '1999-12-31'], { createdBefore: new Date(1999, 11, 31).getTime() }],
    [['--min-size', '10MB', '--max-size', '1.5 GiB'], { minBytes: 10_000_000, maxBytes: 1_610_612_736 }],
    [
      ['--only-extensions', 'docx, .xlsx', '--only-extensions', 'pdf'],
      { onlyExtensions: ['docx', '.xlsx', 'pdf'] },
    ],
    [['--skip-extensions', 'mp4,.'], { skipExtensions: ['mp4', '.'] }],
    [['--only-names', 'a,b*', '--only-names', '*c'], { onlyNames: ['a,b*', '*c'] }],
    [['--skip-names', '~*'], { skipNames: ['~*'] }],
    [['--skip-folders', 'Old', '--skip-folders', '/A/B c'], { skipFolders: ['Old', '/A/B c'] }],
    [
      ['--skip-hidden', '--skip-offline', '--list-skipped'],
      { skipHidden: true, skipOffline: true, listFolders: true },
    ],
  ])('%j', async (args, filters) => {
    const said = await say(...args);
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.filters).toEqual({ ...noFilters, ...filters });
  });

  it.each([
    [['--modified-after', 'yesterday'], '--modified-after takes a day such as 2024-01-31'],
    [['--modified-before', '2024-02-30'], '--modified-before takes a day'],
    [['--created-after', '31.01.2024'], '--created-after takes a day'],
    [['--created-before', '2024-01-31T25:00'], '--created-before takes a day'],
    [['--min-size', 'large'], '--min-size takes a size such as 500, 10MB or 1.5GiB; "large" was given.'],
    [['--only-names', ' '], '--only-names takes patterns of 1 to 1,000 characters'],
    [['--skip-folders', 'D:\\Share\\Old'], '--skip-folders takes names, or paths below the source'],
    [['--skip-folders', '\\\\server\\share'], '--skip-folders takes names, or paths below the source'],
    [
      ['--modified-after', '2024-01-02', '--modified-before', '2024-01-02'],
      '--modified-before takes a day after that of --modified-after; "2024-01-02" was given.',
    ],
    [['--min-size', '2', '--max-size', '1'], '--max-size takes a size that is not below --min-size'],
  ])('%j is refused in one sentence', async (args, sentence) => {
    const { err, code, filters } = await say(...args);
    expect(code).toBe(2);
    expect(filters).toBeUndefined();
    expect(err).toContain(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('are said before a run begins, without control characters', () => {
    const filters = {
      ...noFilters,
      modifiedFrom: new Date(2024, 0, 31).getTime(),
      minBytes: 10_000_000,
      skipNames: ['a\u001b[31m*', 'b'],
      skipHidden: true,
    };
    const text = filterText(filters);
    expect(text).toContain('Filter: only files changed on or after 2024-01-31\n');
    expect(text).toContain('        only files of at least 10.0 MB\n');
    expect(text).toContain('        nothing hidden\n');
    expect(text).not.toContain('\u001b');
  });
});
