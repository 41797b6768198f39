import { type FiltersText, sayings } from './filters-en.ts';

const label: FiltersText['label'] = {
  modifiedFrom: 'Geändert an oder nach',
  modifiedBefore: 'Geändert vor',
  createdFrom: 'Erstellt an oder nach',
  createdBefore: 'Erstellt vor',
  minBytes: 'Mindestens',
  maxBytes: 'Höchstens',
  onlyExtensions: 'Nur diese Endungen',
  skipExtensions: 'Nicht diese Endungen',
  onlyNames: 'Nur diese Namen',
  skipNames: 'Nicht diese Namen',
  skipFolders: 'Nicht diese Ordner',
  skipHidden: 'Verstecktes auslassen',
  skipOffline: 'Ausgelagerte Dateien auslassen',
  listFolders: 'In ausgelassene Ordner hineinsehen',
};

export const filtersDe: FiltersText = {
  title: 'Was ausgelassen wird',
  none: 'Keine Filter',
  intro:
    'Eine Datei wird kopiert, wenn jeder Filter sie durchlässt. Was ausgelassen wird, wird gezählt und steht im Bericht.',
  groups: {
    files: 'Arten von Dateien',
    names: 'Namen von Dateien',
    folders: 'Ordner',
    modified: 'Letzte Änderung',
    created: 'Erstellung',
    size: 'Größe',
  },
  label,
  help: {
    minBytes: 'Etwa 1 KB',
    maxBytes: 'Etwa 2 GB',
    onlyExtensions: 'Etwa docx; Eingabe fügt hinzu.',
    skipExtensions: 'Etwa mp4; ein Punkt allein: keine.',
    onlyNames: '* steht für alles.',
    skipNames: 'Etwa *Sicherung*',
    skipFolders: 'Nach Namen (Archiv, *alt*) oder nach Pfad unter der Quelle (/Projekte/2009).',
    skipHidden: 'Dateien und Ordner, die Windows als versteckt führt.',
    skipOffline: 'Ihr Inhalt liegt auf Band oder in einer Cloud; Lesen holte ihn zurück.',
    listFolders: 'Um aufzulisten und zu zählen, was darin zurückbleibt; dauert länger.',
  },
  says: sayings(label, {
    minBytes: (value) => `Dateien von mindestens ${value}`,
    maxBytes: (value) => `Dateien von höchstens ${value}`,
  }),
  set: (count, one) => (one ? '1 Filter' : `${count} Filter`),
  noSize: 'Eine Größe, etwa 10 MB',
  emptyRange: 'In diesem Bereich kann nichts liegen.',
};
