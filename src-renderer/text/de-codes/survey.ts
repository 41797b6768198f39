import type { surveyCodes } from '../../../src-shared/catalogue/survey-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deSurveyCodes: Readonly<Record<keyof typeof surveyCodes, CodeText>> = {
  'onenote-notebook': text(
    'Ein OneNote-Notizbuch',
    'Ein Ordner mit einer .onetoc2-Datei ist ein Notizbuch. Es kommt als Dateien an; OneNote öffnet sie einzeln, bis der Ordner als Notizbuch gekennzeichnet ist.',
    'Verschieben Sie Notizbücher, die noch benutzt werden, mit OneNote selbst, oder sagen Sie es ihren Besitzern.',
  ),
  'thicket-folder': text(
    'Der Begleitordner einer gespeicherten Webseite',
    'Ordner, die auf _files enden, enthalten die Bilder einer gespeicherten Webseite. SharePoint hat solche Namen früher abgelehnt.',
    'Nichts zu tun, wenn niemand die Seite mehr braucht; sonst sehen Sie sie nach dem Kopieren an.',
  ),
  'database-file': text(
    'Eine Datenbank oder eine virtuelle Festplatte',
    'Solche Dateien hält ein Programm offen, und jede Änderung überträgt die ganze Datei neu. SharePoint ist kein guter Ort für sie.',
    'Finden Sie heraus, wer sie benutzt. Lassen Sie sie weg, oder kopieren Sie sie, während das Programm geschlossen ist.',
  ),
  'mailbox-file': text(
    'Eine Postfachdatei von Outlook',
    'Outlook hält .pst- und .ost-Dateien gesperrt und unterstützt sie in einer synchronisierten Bibliothek nicht.',
    'Importieren Sie .pst-Dateien stattdessen in Postfächer, oder kopieren Sie sie, während Outlook geschlossen ist.',
  ),
  'offline-file': text(
    'Der Inhalt liegt nicht auf dem Dateiserver',
    'Der Server hat ihn auf langsameren Speicher oder in eine Cloud verlagert. Lesen holt ihn zurück; das kann dauern, Geld kosten und die Platte füllen.',
    'Fragen Sie den Betreiber des Servers, bevor Sie kopieren, oder lassen Sie solche Dateien weg.',
  ),
  'script-file': text(
    'Eine Dateiart, die benutzerdefinierte Skripts braucht',
    'SharePoint nimmt .aspx, .ascx, .htc und Ähnliches an und öffnet sie nicht auf Sites, auf denen solche Skripts aus sind, wie es üblich ist.',
    'Nichts zu tun, wenn sie nur aufbewahrt werden. Sonst fragen Sie die SharePoint-Administration nach dieser Site.',
  ),
  'shortcut-file': text(
    'Eine Windows-Verknüpfung',
    'Eine .lnk-Datei zeigt auf einen Pfad des alten Servers; sie wird als Datei kopiert und führt ins Leere, sobald es ihn nicht mehr gibt.',
    'Nichts zu tun.',
  ),
  'hard-link': text(
    'Eine Datei mit mehreren Namen',
    'Sie ist einmal gespeichert und unter jedem ihrer Namen aufgeführt (harte Links). Aus jedem Namen wird am Ziel eine eigene Kopie.',
    'Nichts zu tun; die Kopien brauchen mehr Platz als die Quelle.',
  ),
  'unique-permissions': text(
    'Eigene Berechtigungen',
    'Der Zugriff weicht von dem ab, was der Ordner darüber vererbt. Convoy kopiert Dateien und keine Rechte: Am Ziel gelten die der Bibliothek.',
    'Sehen Sie in permissions.csv nach und setzen Sie die Rechte, auf die es ankommt, am Ziel, bevor jemand Zugang bekommt.',
  ),
  'deny-entry': text(
    'Jemandem ist der Zugriff ausdrücklich verweigert',
    'SharePoint kennt keine verweigernden Einträge. Wer nur durch einen solchen ferngehalten wird, könnte dort den Inhalt sehen.',
    'Sehen Sie in permissions.csv nach und halten Sie diese Personen aus den Gruppen heraus, die am Ziel Zugriff bekommen.',
  ),
  'no-access-list': text(
    'Es gibt keine Zugriffsliste: Jeder darf alles',
    'Ein Element ohne Liste steht allen offen, die die Freigabe erreichen.',
    'Fragen Sie den Besitzer, ob das so gemeint ist, bevor es für mehr Menschen geöffnet wird.',
  ),
  'unknown-principal': text(
    'Ein Konto, das niemand kennt, hat Rechte',
    'Der Server hat kein Konto und keine Gruppe dieser Nummer: Meist wurde es gelöscht. Seine Rechte kann am Ziel niemand bekommen.',
    'Lassen Sie die Einträge entfernen, oder finden Sie heraus, wer gemeint ist.',
  ),
  'many-permission-scopes': text(
    'Mehr als 5.000 Elemente mit eigenen Berechtigungen',
    'SharePoint rät von mehr als 5.000 Berechtigungsbereichen in einer Bibliothek ab: Sie wird langsam.',
    'Verteilen Sie die Quelle auf mehrere Bibliotheken, oder lassen Sie Rechte vererben, wo sie ohne Grund abweichen.',
  ),
  'too-many-permission-scopes': text(
    'Mehr als 50.000 Elemente mit eigenen Berechtigungen',
    'SharePoint führt höchstens 50.000 Berechtigungsbereiche in einer Bibliothek. Die Dateien lassen sich kopieren; all diese Rechte lassen sich dort nicht erhalten.',
    'Verteilen Sie die Quelle auf mehrere Bibliotheken, oder lassen Sie Rechte vererben.',
  ),
  'changed-recently': text(
    'Eine Datei, die sich am letzten Tag geändert hat',
    'Jemand arbeitet damit. Sie kann sich noch einmal ändern, bevor oder während sie kopiert wird.',
    'Planen Sie einen letzten Lauf für eine Zeit, in der niemand arbeitet.',
  ),
  'path-nearly-too-long': text(
    'Der Pfad ist fast so lang, wie SharePoint erlaubt',
    'Mehr als 380 von 400 Zeichen sind am Ziel verbraucht: Wird dort ein Ordner umbenannt, passt er vielleicht nicht mehr.',
    'Wählen Sie ein Ziel näher an der Wurzel der Bibliothek, oder kürzen Sie Ordnernamen.',
  ),
  'wide-folder': text(
    'Mehr als 5.000 Elemente in einem Ordner',
    'Listen in SharePoint werden über 5.000 Elementen langsam, und die Rechte eines Ordners mit mehr als 100.000 lassen sich nicht mehr ändern.',
    'Verteilen Sie die Elemente auf Ordner, am besten vor dem Kopieren.',
  ),
  'deep-folder': text(
    'Mehr als 20 Ordner tief',
    'Pfade dieser Tiefe sind schwer zu benutzen und auf einen Computer zu synchronisieren.',
    'Sehen Sie nach, ob ein Ordner versehentlich in sich selbst kopiert wurde.',
  ),
  'name-risky-for-sync': text(
    'Ein Name, den Windows für ein Gerät vorbehält',
    'SharePoint nimmt Namen wie CON.txt an, Windows nicht: Wo die Bibliothek auf einen Computer synchronisiert wird, fehlt dieses Element.',
    'Benennen Sie es um, wenn mit der Bibliothek auf Computern gearbeitet wird.',
  ),
  'hidden-in-library': text(
    'Ein Ordnername, den Bibliotheken früher verbargen',
    'Bildbibliotheken hielten Vorschauen in Ordnern namens _t und _w und zeigten keinen davon.',
    'Sehen Sie nach dem Kopieren nach, ob der Ordner sichtbar ist; benennen Sie ihn um, wenn nicht.',
  ),
  'notebook-section-large': text(
    'Ein OneNote-Abschnitt mit mehr als 2 GB',
    'OneNote öffnet Abschnitte in SharePoint bis 2 GB. Die Datei wird kopiert und lässt sich dort vielleicht nicht öffnen.',
    'Lassen Sie den Besitzer Seiten mit OneNote in andere Abschnitte verschieben.',
  ),
  'path-long-for-office': text(
    'Der Pfad ist länger, als Office öffnet',
    'Excel auf dem Computer öffnet Adressen bis 218 Zeichen, Word und PowerPoint bis 259. Im Browser öffnet sich die Datei.',
    'Kürzen Sie Ordnernamen, oder wählen Sie ein Ziel näher an der Wurzel der Bibliothek.',
  ),
  'empty-file': text(
    'Eine Datei ohne Inhalt',
    'Convoy kopiert Dateien mit 0 Byte; der Migration Manager lässt sie weg.',
    'Nichts zu tun.',
  ),
  'many-items': text(
    'Mehr als 20.000 Elemente für eine Bibliothek',
    'Für eine so große Liste legt SharePoint von selbst keinen neuen Index an: Ansichten, die sortieren oder filtern, können über 5.000 Elementen scheitern.',
    'Legen Sie nötige Indizes vor dem Kopieren an, solange die Bibliothek klein ist.',
  ),
  'many-items-for-rights': text(
    'Mehr als 100.000 Elemente für eine Bibliothek',
    'Die Rechte einer Bibliothek oder eines Ordners mit mehr als 100.000 Elementen darunter lassen sich nicht mehr von denen darüber trennen.',
    'Setzen Sie die Rechte der Bibliothek vor dem Kopieren, oder verteilen Sie die Elemente auf mehrere Bibliotheken.',
  ),
  'many-items-for-sync': text(
    'Mehr als 300.000 Elemente für eine Bibliothek',
    'Microsoft rät, nicht mehr als 300.000 Dateien auf einen Computer zu synchronisieren, über alle Bibliotheken.',
    'Verteilen Sie die Elemente auf mehrere Bibliotheken, oder lassen Sie nur einzelne Ordner synchronisieren.',
  ),
  'library-too-full': text(
    'Mehr als 30 Millionen Elemente für eine Bibliothek',
    'Eine Bibliothek fasst 30 Millionen Dateien und Ordner; was danach kommt, wird abgelehnt.',
    'Teilen Sie die Quelle auf mehrere Bibliotheken auf.',
  ),
};
