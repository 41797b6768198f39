import type { EventFacts } from '../../src-shared/contract/event-facts.ts';
import type { Format } from './format.ts';

type Verified = Extract<EventFacts, { kind: 'task-verified' }>;
type Ended = Extract<EventFacts, { kind: 'run-ended' }>;

/** What happened, as a sentence. A kind that the contract gains has to get one before the screen compiles again. */
export const eventEn =
  (f: Format) =>
  (facts: EventFacts): string => {
    switch (facts.kind) {
      case 'task-created':
        return `Task ${facts.name} was made: ${facts.source} to ${facts.destination}`;
      case 'task-archived':
        return `${facts.name} was put into the archive`;
      case 'task-restored':
        return `${facts.name} was brought back from the archive`;
      case 'gentle-changed':
        return `How gently the source of ${facts.name} is read was changed`;
      case 'filters-changed':
        return `${facts.name} has other filters from the next run on`;
      case 'rules-changed':
        return `${facts.name} has other rules for conflicts, deletions and moves from the next run on`;
      case 'run-started':
        return `Run ${facts.run} of ${facts.name} was started`;
      case 'run-ordered':
        return ordered(facts.name, facts.order);
      case 'run-paused':
        return `${facts.name} is paused; its place is free`;
      case 'source-away':
        return `The source of ${facts.name} cannot be read; the run waits for it`;
      case 'source-back':
        return `The source of ${facts.name} is back after ${f.duration(facts.forMs)}; the run goes on`;
      case 'run-ended':
        return ended(f, facts);
      case 'task-verified':
        return verified(f, facts);
      case 'machine-joined':
        return `${facts.machine} is here`;
      case 'agent-restarted':
        return `Convoy on ${facts.machine} was started again and goes on from its journal`;
      case 'backup-failed':
        return 'The database of the fleet could not be backed up';
      case 'told':
        return facts.text;
    }
  };

function verified(f: Format, facts: Verified): string {
  const looked = f.plural(facts.looked, { one: '# file', other: '# files' });
  const issues = [
    facts.missing > 0 && `${f.int(facts.missing)} missing`,
    facts.differs > 0 && `${f.int(facts.differs)} differ`,
    facts.changed > 0 && `${f.int(facts.changed)} changed there since`,
    facts.moved > 0 && `${f.int(facts.moved)} moved or renamed there`,
  ].filter((issue) => issue !== false);
  const how = facts.deep ? 'verified again, read back' : 'verified again';
  const what = issues.length === 0 ? 'all as it was copied' : issues.join(', ');
  return `Run ${facts.run} of ${facts.name} was ${how}: ${looked}, ${what}`;
}

function ordered(name: string, order: 'pause' | 'resume' | 'finish' | 'stop'): string {
  switch (order) {
    case 'pause':
      return `${name} is to pause`;
    case 'resume':
      return `${name} was resumed`;
    case 'finish':
      return `${name} is to end with the files in flight`;
    case 'stop':
      return `${name} is to stop at once`;
  }
}

function ended(f: Format, facts: Ended): string {
  const { name, run, state } = facts;
  const files = (n: number) => f.plural(n, { one: '# file', other: '# files' });
  const failed =
    facts.failed > 0 ? `, ${f.plural(facts.failed, { one: '# item', other: '# items' })} failed` : '';
  const done = facts.dryRun
    ? `${files(facts.planned)} looked at, nothing written${failed}`
    : `${files(facts.copied)} copied, ${f.int(facts.present)} already there${failed}`;
  switch (state) {
    case 'complete':
      return `Run ${run} of ${name} is complete: ${done}`;
    case 'complete-with-issues':
      return `Run ${run} of ${name} is complete with issues: ${done}`;
    case 'stopped':
      return `Run ${run} of ${name} is stopped: ${done}`;
    case 'failed':
      return `Run ${run} of ${name} failed: ${done}`;
  }
}
