import { describe, expect, it } from 'vitest';
import { Sessions } from './sessions.ts';

describe('the order of beats', () => {
  it('tells a start, a restart, a repetition and what comes too late', () => {
    const sessions = new Sessions();
    const note = (session: string, number: number) => sessions.note({ machine: 'one', session, number });
    expect(note('s-one', 1)).toBe('first');
    expect(note('s-one', 2)).toBe('next');
    expect(note('s-one', 2)).toBe('next');
    expect(note('s-one', 1)).toBe('overtaken');
    expect(note('s-two', 1)).toBe('restarted');
    expect(note('s-one', 3)).toBe('replaced');
    expect(note('s-two', 2)).toBe('next');
  });

  it('keeps machines apart', () => {
    const sessions = new Sessions();
    sessions.note({ machine: 'one', session: 'same', number: 9 });
    expect(sessions.note({ machine: 'two', session: 'same', number: 1 })).toBe('first');
  });
});
