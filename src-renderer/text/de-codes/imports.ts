import type { importCodes } from '../../../src-shared/catalogue/import-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deImportCodes: Readonly<Record<keyof typeof importCodes, CodeText>> = {
  'import-unreadable': text(
    'Die Datei ist als Liste von Aufgaben nicht lesbar',
    'Sie ist keine Tabelle und kein JSON in einer Form, die hier bekannt ist, oder an der genannten Stelle beschädigt.',
    'Speichern Sie sie als CSV mit einer Spalte für die Quelle und einer für das Ziel, oder nehmen Sie die Vorlage: convoy import --template.',
  ),
  'import-too-large': text(
    'Die Datei hat mehr Aufgaben, als auf einmal angenommen werden',
    'Eine Liste von mehr als 50.000 Aufgaben lässt sich in einem Stück kaum überblicken.',
    'Teilen Sie die Datei, und lesen Sie die Teile nacheinander ein.',
  ),
  'import-rows-not-written': text(
    'Die zu berichtigenden Zeilen lassen sich dort nicht schreiben',
    'Der Ordner dieser Datei ist nicht da, oder es darf nicht hineingeschrieben werden, oder sein Datenträger ist voll.',
    'Nennen Sie mit --corrected eine andere Datei. Die Aufgaben der Zeilen, die in Ordnung waren, sind angelegt.',
  ),
  'import-source-missing': text(
    'Die Zeile nennt keine Quelle',
    'Ohne Quelle gibt es nichts zu kopieren.',
    'Tragen Sie den Ordner ein, der kopiert werden soll, oder löschen Sie die Zeile.',
  ),
  'import-source-not-absolute': text(
    'Die Quelle ist kein vollständiger Pfad',
    'Eine Quelle ist eine Freigabe oder ein Ordner vom Stamm an, damit jeder Rechner dasselbe darunter versteht.',
    'Schreiben Sie sie als \\\\Server\\Freigabe\\Ordner, oder als Ordner dieses Rechners von Laufwerk oder Stamm an.',
  ),
  'import-destination-missing': text(
    'Die Zeile nennt kein Ziel',
    'Ohne Adresse weiß niemand, wohin die Dateien sollen.',
    'Tragen Sie die Adresse einer Website, einer Bibliothek oder eines Ordners ein.',
  ),
  'import-destination-is-person': text(
    'Das Ziel ist eine Person und keine Adresse',
    'Eine Mailadresse steht, wo die Adresse eines OneDrive gebraucht wird.',
    'Schreiben Sie die Adresse dieses OneDrive: https://contoso-my.sharepoint.com/personal/name_contoso_com.',
  ),
  'import-server-library': text(
    'Eine Zelle ist ausgefüllt, die leer sein muss',
    'Zweite und dritte Spalte nennen eine Bibliothek eines SharePoint-Servers als Quelle. Convoy kopiert Dateifreigaben.',
    'Leeren Sie diese Zellen, wo die Quelle eine Dateifreigabe ist; lassen Sie die Zeile weg, wo sie ein SharePoint-Server ist.',
  ),
  'import-cells-left-over': text(
    'Die Zeile hat mehr Zellen als die Tabelle Spalten',
    'Was jenseits der letzten Spalte steht, wird nicht verwendet. Oft fehlen Anführungszeichen um einen Pfad mit Komma.',
    'Sehen Sie nach, ob Quelle und Ziel dieser Zeile vollständig sind; setzen Sie Zellen mit Komma in Anführungszeichen.',
  ),
  'import-control-character': text(
    'Eine Zelle enthält ein Zeichen, das man nicht sieht',
    'Zeilenumbrüche, Tabulatoren und andere Steuerzeichen stehen in keinem Pfad und keiner Adresse, die funktioniert.',
    'Tippen Sie die Zelle neu, statt sie einzufügen.',
  ),
  'import-stray-spaces': text(
    'Leerzeichen um eine Zelle wurden abgeschnitten',
    'Sie kommen weit öfter aus Tabellen als von Ordnern, deren Name mit einem Leerzeichen beginnt oder endet.',
    'Nichts, wenn es der richtige Ordner ist. Ein Ordner, dessen Name mit einem Leerzeichen endet, lässt sich einzeln als Aufgabe anlegen.',
  ),
  'import-quotes': text(
    'Anführungszeichen um eine Zelle wurden abgeschnitten',
    'Als Pfad kopiert, setzt Windows ihn in Anführungszeichen.',
    'Nichts.',
  ),
  'import-setting-not-used': text(
    'Eine Einstellung der Datei wird nicht verwendet',
    'Convoy hat keine solche Einstellung, oder sie kann diesen Wert nicht haben.',
    'Lesen Sie die Einzelheit, und stellen Sie ein, was gemeint ist, wenn die Aufgaben da sind.',
  ),
  'import-column-not-used': text(
    'Eine Spalte der Datei wird nicht verwendet',
    'Ihr Name sagt hier nichts, oder Convoy fängt mit dem nichts an, was sie sagt.',
    'Nichts, oder benennen Sie die Spalte so, dass sie verstanden wird: source, site, library, folder, name.',
  ),
  'import-same-row-twice': text(
    'Quelle und Ziel stehen ebenso in einer früheren Zeile',
    'Zwei Aufgaben, die dasselbe an denselben Ort kopieren, täten alles doppelt.',
    'Löschen Sie eine der beiden Zeilen.',
  ),
  'import-task-exists': text(
    'Eine solche Aufgabe gibt es schon',
    'Eine Aufgabe mit dieser Quelle und diesem Ziel wurde früher angelegt. Sie bleibt, wie sie ist.',
    'Nichts.',
  ),
  'import-shared-destination': text(
    'Mehrere Zeilen führen an denselben Ort',
    'Was in diesen Quellen ist, kommt in einem Ordner zusammen; von Dateien gleichen Namens wird nur die erste kopiert.',
    'Geben Sie jeder Zeile einen eigenen Ordner, wenn das nicht gemeint ist.',
  ),
  'import-nested-source': text(
    'Die Quelle liegt in der einer anderen Zeile',
    'Die andere Zeile kopiert diesen Ordner mit, seine Dateien werden also zweimal kopiert.',
    'Lassen Sie diesen Ordner in der anderen Aufgabe durch einen Filter aus, oder löschen Sie eine der beiden Zeilen.',
  ),
  'import-spelled-otherwise': text(
    'Eine andere Zeile schreibt denselben Pfad anders',
    'Unter Windows und in SharePoint sind Groß- und Kleinbuchstaben derselbe Ordner.',
    'Sehen Sie nach, ob beide Zeilen gemeint sind; schreiben Sie sie gleich, wenn ja.',
  ),
};
