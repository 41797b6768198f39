import { filtersDe } from './filters-de.ts';
import { gentleDe } from './gentle-de.ts';
import type { SettingsText } from './settings-en.ts';

export const settingsDe: SettingsText = {
  of: {
    names: {
      label: 'Namen, die SharePoint ablehnt',
      help: 'Jeder geänderte Name steht im Bericht; die Quelle behält ihren.',
    },
    replacement: {
      label: 'Was für ein abgelehntes Zeichen steht',
      help: 'Ähnliche Zeichen lesen sich wie der alte Name und fallen selten zusammen; _ lässt sich tippen.',
    },
    conflict: {
      label: 'Wenn dort schon etwas anderes liegt',
      help: 'Für alles, was keine unveränderte Kopie von Convoy ist.',
    },
    deletions: {
      label: 'Wenn an der Quelle etwas weg ist',
      help: 'Gelöscht werden nur Kopien von Convoy, die niemand geändert hat, in den Papierkorb; vor weit mehr als üblich wird gefragt.',
    },
    moves: {
      label: 'Wenn an der Quelle etwas umbenannt oder verschoben wurde',
      help: 'Verschoben werden nur Kopien von Convoy, die niemand geändert hat; Versionen und Links bleiben.',
    },
    confirmedDeletions: {
      label: 'Bestätigte Löschungen',
      help: 'So viele Kopien dürfen in einem Lauf gehen, auch wo das weit mehr als üblich ist.',
    },
    leaveOutSystem: {
      label: 'Systemdateien auslassen',
      help: 'Thumbs.db, desktop.ini, .DS_Store, $RECYCLE.BIN und dergleichen.',
    },
    leaveOutTemporary: {
      label: 'Temporäre Dateien auslassen',
      help: '*.tmp. Sperrdateien von Office (~$…) werden in jedem Fall ausgelassen: SharePoint lehnt sie ab.',
    },
    filters: {
      label: 'Filter',
      help: 'Eine Datei wird kopiert, wenn jeder Filter sie durchlässt.',
    },
    gentle: {
      label: 'Schonung',
      help: 'Wie viel von der Quelle genommen wird, damit andere mit ihr arbeiten können.',
    },
    includeRoot: {
      label: 'Den Ordner selbst kopieren',
      help: 'Nicht nur seinen Inhalt.',
    },
    parallelFiles: {
      label: 'Dateien gleichzeitig',
      help: '1 bis 64, höchstens: Convoy findet heraus, wie viele davon etwas bringen.',
    },
    fragmentBytes: {
      label: 'Größe eines Teilstücks beim Hochladen',
      help: 'Größer ist auf guten Leitungen schneller; kleiner verliert weniger, wenn eine abreißt.',
    },
    dryRun: {
      label: 'Nur proben',
      help: 'Alles auflisten und beurteilen, nichts schreiben.',
    },
    keepHashes: {
      label: 'Prüfsumme jeder gesendeten Datei behalten',
      help: '29 Byte je Datei. Eine spätere Prüfung kann dann auch Kopien belegen, deren Bezeichnungen geändert wurden oder deren Quelle fort ist.',
    },
    authors: {
      label: 'Autor und Bearbeiter von Dateien',
      help: 'Der Besitzer an der Quelle, nach einer Personenliste (convoy copy --people). Braucht die Berechtigung Sites.FullControl.All für SharePoint.',
    },
    permissions: {
      label: 'Berechtigungen in einer Beurteilung',
      help: 'Wer an der Quelle Zugriff hat. Jede kostet einen Aufruf beim Dateiserver.',
    },
  },
  filters: filtersDe,
  gentle: gentleDe,
  names: { replace: 'In den nächsten erlaubten Namen ändern', fail: 'Nicht kopieren, als Fehler melden' },
  replacement: { 'look-alike': 'Ein Zeichen, das ähnlich aussieht', _: '_ für jedes davon' },
  conflict: {
    'keep-theirs': 'Behalten, was dort liegt; unseres als Fehler melden',
    skip: 'Behalten, was dort liegt, und es erwähnen',
    'newer-wins': 'Das Neuere gewinnt',
    'keep-both': 'Beide behalten: unseres bekommt einen anderen Namen',
    replace: 'Durch eine neue Version ersetzen',
  },
  deletions: { list: 'Melden, Kopie liegen lassen', recycle: 'Kopie in den Papierkorb' },
  moves: {
    follow: 'Kopie ebenso umbenennen oder verschieben',
    copy: 'Neu kopieren, alte Kopie liegen lassen',
  },
  permissions: { off: 'Nicht gelesen', folders: 'Von Ordnern', files: 'Von Ordnern und Dateien' },
  yes: 'Ja',
  no: 'Nein',
  becomes: (path) => `Ergibt: ${path}`,
};
