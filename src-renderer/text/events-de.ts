import type { EventFacts } from '../../src-shared/contract/event-facts.ts';
import type { Format } from './format.ts';

type Verified = Extract<EventFacts, { kind: 'task-verified' }>;
type Ended = Extract<EventFacts, { kind: 'run-ended' }>;

const nuisances: Readonly<Record<Extract<EventFacts, { kind: 'stranger-refused' }>['why'], string>> = {
  crowd: 'zu viele auf einmal',
  slow: 'es dauerte zu lange, bis sie sagte, wer sie ist',
  tls: 'kein TLS 1.3',
  http: 'kein Computer von Convoy',
  origin: 'ein Browser',
  size: 'sie sagte zu viel, bevor sie bekannt war',
  form: 'eine Nachricht, deren Form Convoy nicht hat',
  proof: 'eine Einladung oder ein Schlüssel, der nicht gilt',
};

export const eventDe =
  (f: Format) =>
  (facts: EventFacts): string => {
    switch (facts.kind) {
      case 'task-created':
        return `Aufgabe ${facts.name} wurde angelegt: ${facts.source} nach ${facts.destination}`;
      case 'task-archived':
        return `${facts.name} wurde archiviert`;
      case 'task-restored':
        return `${facts.name} wurde aus dem Archiv geholt`;
      case 'gentle-changed':
        return `Wie schonend die Quelle von ${facts.name} gelesen wird, ist geändert`;
      case 'filters-changed':
        return `${facts.name} hat vom nächsten Lauf an andere Filter`;
      case 'rules-changed':
        return `${facts.name} hat vom nächsten Lauf an andere Regeln für Konflikte, Löschungen und Umbenanntes`;
      case 'run-started':
        return `Lauf ${facts.run} von ${facts.name} wurde gestartet`;
      case 'run-ordered':
        return ordered(facts.name, facts.order);
      case 'run-paused':
        return `${facts.name} ist angehalten; der Platz ist frei`;
      case 'source-away':
        return `Die Quelle von ${facts.name} ist nicht lesbar; der Lauf wartet auf sie`;
      case 'source-back':
        return `Die Quelle von ${facts.name} ist nach ${f.duration(facts.forMs)} zurück; der Lauf geht weiter`;
      case 'run-ended':
        return ended(f, facts);
      case 'task-verified':
        return verified(f, facts);
      case 'unit-taken-over':
        return `${facts.to} hat ${part(facts)} von ${facts.from} übernommen und sieht nach, was schon kopiert ist; darum ging der Fortschritt zurück`;
      case 'unit-failed':
        return `${facts.machine} konnte ${part(facts)} nicht fertigstellen; ein anderer Computer versucht es`;
      case 'machine-joined':
        return `${facts.machine} ist da`;
      case 'agent-restarted':
        return `Convoy auf ${facts.machine} wurde neu gestartet und macht mit seinem Journal weiter`;
      case 'promoted':
        return `Andere Computer können diesem beitreten, an Port ${facts.port}`;
      case 'demoted':
        return 'Andere Computer können diesem nicht mehr beitreten';
      case 'machine-invited':
        return `Eine Einladung wurde gemacht, gültig bis ${f.shortDateTime(facts.until)}${facts.accepts ? '; wer damit kommt, ist zugelassen' : ''}`;
      case 'machine-paired':
        return facts.accepted
          ? `${facts.machine} ist mit einer Einladung beigetreten`
          : `${facts.machine} möchte beitreten und wartet auf ein Ja`;
      case 'machine-accepted':
        return `${facts.machine} wurde zur Flotte zugelassen`;
      case 'machine-revoked':
        return `${facts.machine} wurde aus der Flotte fortgeschickt`;
      case 'machine-left':
        return `${facts.machine} hat die Flotte verlassen`;
      case 'machine-rekeyed':
        return `${facts.machine} meldet sich von nun an mit einem anderen Schlüssel an`;
      case 'stranger-refused':
        return `${f.plural(facts.times, { one: 'Eine Verbindung', other: '# Verbindungen' })} von ${facts.address} abgewiesen: ${nuisances[facts.why]}`;
      case 'fleet-joined':
        return `Dieser Computer ist der Flotte von ${facts.coordinator} beigetreten`;
      case 'fleet-left':
        return `Dieser Computer hat die Flotte von ${facts.coordinator} verlassen`;
      case 'fleet-moved':
        return `Der Koordinator ist auf ${facts.to} umgezogen; dieser Computer arbeitet für ihn`;
      case 'fleet-taken-over':
        return `Dieser Computer hat die Flotte von ${facts.from} übernommen und ist ihr Koordinator`;
      case 'backup-failed':
        return 'Die Datenbank der Flotte ließ sich nicht sichern';
      case 'told':
        return facts.text;
    }
  };

function part({ name, path }: { readonly name: string; readonly path: string }): string {
  return path === '' ? name : `${path} von ${name}`;
}

function verified(f: Format, facts: Verified): string {
  const looked = f.plural(facts.looked, { one: '# Datei', other: '# Dateien' });
  const issues = [
    facts.missing > 0 && `${f.int(facts.missing)} fehlen`,
    facts.differs > 0 && `${f.int(facts.differs)} weichen ab`,
    facts.changed > 0 && `${f.int(facts.changed)} dort seither geändert`,
    facts.moved > 0 && `${f.int(facts.moved)} dort verschoben oder umbenannt`,
  ].filter((issue) => issue !== false);
  const how = facts.deep ? 'erneut geprüft und zurückgelesen' : 'erneut geprüft';
  const what = issues.length === 0 ? 'alles wie kopiert' : issues.join(', ');
  return `Lauf ${facts.run} von ${facts.name} wurde ${how}: ${looked}, ${what}`;
}

function ordered(name: string, order: 'pause' | 'resume' | 'finish' | 'stop'): string {
  switch (order) {
    case 'pause':
      return `${name} soll anhalten`;
    case 'resume':
      return `${name} wurde fortgesetzt`;
    case 'finish':
      return `${name} soll mit den Dateien unterwegs aufhören`;
    case 'stop':
      return `${name} soll sofort aufhören`;
  }
}

function ended(f: Format, facts: Ended): string {
  const { name, run, state } = facts;
  const files = (n: number) => f.plural(n, { one: '# Datei', other: '# Dateien' });
  const failed =
    facts.failed > 0
      ? `, ${f.plural(facts.failed, { one: '# Element', other: '# Elemente' })} fehlgeschlagen`
      : '';
  const done = facts.dryRun
    ? `${files(facts.planned)} angesehen, nichts geschrieben${failed}`
    : `${files(facts.copied)} kopiert, ${f.int(facts.present)} schon da${failed}`;
  switch (state) {
    case 'complete':
      return `Lauf ${run} von ${name} ist vollständig: ${done}`;
    case 'complete-with-issues':
      return `Lauf ${run} von ${name} ist fertig mit Problemen: ${done}`;
    case 'stopped':
      return `Lauf ${run} von ${name} ist beendet: ${done}`;
    case 'failed':
      return `Lauf ${run} von ${name} ist fehlgeschlagen: ${done}`;
  }
}
