import type { EventFacts } from '../../src-shared/contract/event-facts.ts';
import type { Format } from './format.ts';

type Verified = Extract<EventFacts, { kind: 'task-verified' }>;
type Ended = Extract<EventFacts, { kind: 'run-ended' }>;

/** Why somebody was sent away who is no machine of the fleet. */
const nuisances: Readonly<Record<Extract<EventFacts, { kind: 'stranger-refused' }>['why'], string>> = {
  crowd: 'too many at once',
  slow: 'it took too long to say who it is',
  tls: 'no TLS 1.3',
  http: 'no machine of Convoy',
  origin: 'a browser',
  size: 'it said too much before it was known',
  form: 'a message of a form that Convoy does not have',
  proof: 'an invitation or a key that is not good',
};

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
      case 'unit-taken-over':
        return `${facts.to} took ${part(facts)} over from ${facts.from} and looks at what is copied already, so progress went back`;
      case 'unit-failed':
        return `${facts.machine} could not finish ${part(facts)}; another machine is to try`;
      case 'machine-joined':
        return `${facts.machine} is here`;
      case 'agent-restarted':
        return `Convoy on ${facts.machine} was started again and goes on from its journal`;
      case 'promoted':
        return `Other machines can join this one, at port ${facts.port}`;
      case 'demoted':
        return 'Other machines can no longer join this one';
      case 'machine-invited':
        return `An invitation was made, good until ${f.shortDateTime(facts.until)}${facts.accepts ? '; whoever comes with it is let in' : ''}`;
      case 'machine-paired':
        return facts.accepted
          ? `${facts.machine} has joined with an invitation`
          : `${facts.machine} wants to join and waits for a yes`;
      case 'machine-accepted':
        return `${facts.machine} was let into the fleet`;
      case 'machine-revoked':
        return `${facts.machine} was sent away from the fleet`;
      case 'machine-left':
        return `${facts.machine} has left the fleet`;
      case 'machine-rekeyed':
        return `${facts.machine} signs in with another key from now on`;
      case 'stranger-refused':
        return `${f.plural(facts.times, { one: 'A connection', other: '# connections' })} from ${facts.address} refused: ${nuisances[facts.why]}`;
      case 'fleet-joined':
        return `This machine joined the fleet of ${facts.coordinator}`;
      case 'fleet-left':
        return `This machine left the fleet of ${facts.coordinator}`;
      case 'fleet-moved':
        return `The coordinator moved to ${facts.to}; this machine works for it`;
      case 'fleet-taken-over':
        return `This machine took the fleet over from ${facts.from} and is its coordinator`;
      case 'backup-failed':
        return 'The database of the fleet could not be backed up';
      case 'told':
        return facts.text;
    }
  };

function part({ name, path }: { readonly name: string; readonly path: string }): string {
  return path === '' ? name : `${path} of ${name}`;
}

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
