import type { sourceCodes } from '../../../src-shared/catalogue/source-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deSourceCodes: Readonly<Record<keyof typeof sourceCodes, CodeText>> = {
  'source-missing': text(
    'Die Quelle gibt es nicht',
    'Unter diesem Pfad ist nichts, oder die Freigabe ist von diesem Computer aus nicht erreichbar.',
    'Prüfen Sie den Pfad auf Tippfehler, und ob dieser Computer ihn öffnen kann.',
  ),
  'source-not-a-folder': text(
    'Die Quelle ist kein Ordner',
    'Eine Aufgabe kopiert den Inhalt eines Ordners; dieser Pfad ist eine einzelne Datei oder etwas anderes.',
    'Nennen Sie den Ordner, in dem die Datei liegt.',
  ),
  'source-root-unreadable': text(
    'Der Quellordner darf nicht gelesen werden',
    'Das Konto, unter dem Convoy läuft, darf diesen Ordner nicht auflisten. Nichts wurde kopiert.',
    'Geben Sie dem Konto Leserecht auf den Ordner und alles darunter, dann starten Sie erneut.',
  ),
  'source-unreachable': text(
    'Der Dateiserver antwortet nicht',
    'Das Netz, der Server oder seine Freigabe antwortet nicht, oder die Verbindung ist abgebrochen.',
    'Prüfen Sie, ob der Server läuft und dieser Computer die Freigabe öffnen kann, dann starten Sie erneut: Es wird nur kopiert, was fehlt.',
  ),
  'waiting-for-source': text(
    'Wartet auf die Quelle',
    'Die Quelle lässt sich im Augenblick nicht lesen: Der Server, seine Freigabe oder der Weg dorthin ist fort. Alles Begonnene bleibt erhalten.',
    'Prüfen Sie, ob der Server läuft und dieser Computer die Freigabe öffnen kann. Der Lauf geht von selbst weiter, sobald sie wieder lesbar ist.',
  ),
  'waiting-for-hours': text(
    'Wartet auf die Stunden, in denen die Quelle gelesen werden darf',
    'Die Einstellungen der Aufgabe sagen, dass zu dieser Zeit nichts von der Quelle gelesen wird. Alles Begonnene bleibt erhalten.',
    'Warten; ein Lauf geht von selbst weiter, eine Prüfung ist erneut zu starten. Die Stunden lassen sich jederzeit in den Einstellungen der Aufgabe ändern.',
  ),
  'source-sign-in-refused': text(
    'Der Dateiserver lehnt die Anmeldung ab',
    'Konto oder Passwort werden nicht angenommen: falsch, abgelaufen, gesperrt, oder dieser Computer nutzt den Server schon unter anderem Namen (Fehler 1219).',
    'Öffnen Sie die Freigabe im Explorer unter dem Konto, unter dem Convoy läuft. Bei Fehler 1219 trennen Sie die andere Verbindung oder nehmen Sie einen anderen Namen des Servers.',
  ),
  'source-credentials-unusable': text(
    'Das Konto für die Quelle lässt sich nicht verwenden',
    'CONVOY_SOURCE_USER und CONVOY_SOURCE_PASSWORD gelten für eine Freigabe (\\\\Server\\Freigabe) unter Windows, und eines braucht das andere. Auf anderen Systemen öffnet eine Freigabe, wer sie einhängt.',
    'Setzen Sie beide für eine Freigabe unter Windows; sonst entfernen Sie sie, und hängen Sie die Freigabe unter dem Konto ein, das sie lesen soll.',
  ),
  'source-changed-identity': text(
    'Die Quelle ist nicht die, die diese Aufgabe kennt',
    'Der Ordner war leer oder fort, wo ein früherer Lauf Dateien fand, wie es geschieht, wenn eine Freigabe nicht verbunden ist.',
    'Sorgen Sie dafür, dass die Freigabe verbunden ist, dann starten Sie erneut.',
  ),
  'folder-unreadable': text(
    'Ein Ordner darf nicht gelesen werden',
    'Das Konto, unter dem Convoy läuft, darf diesen Ordner nicht auflisten. Nichts darunter wurde kopiert.',
    'Geben Sie dem Konto Leserecht auf den Ordner, dann starten Sie erneut: Nur was fehlt, wird kopiert.',
  ),
  'folder-vanished': text(
    'Ein Ordner verschwand, während er gelesen wurde',
    'Der übergeordnete Ordner führte ihn auf, und einen Augenblick später war er fort: Jemand hat ihn verschoben oder gelöscht.',
    'Starten Sie später erneut; wurde der Ordner verschoben, so wird sein neuer Ort dann gefunden.',
  ),
  'file-unreadable': text(
    'Eine Datei darf nicht gelesen werden',
    'Das Konto, unter dem Convoy läuft, darf diese Datei nicht lesen.',
    'Geben Sie dem Konto Leserecht auf die Datei, dann starten Sie erneut.',
  ),
  'access-list-unreadable': text(
    'Berechtigungen dürfen nicht gelesen werden',
    'Das Konto, unter dem Convoy läuft, darf nicht sehen, wer auf diese Datei oder diesen Ordner Zugriff hat.',
    'Geben Sie dem Konto dort das Recht, Berechtigungen zu lesen, dann starten Sie erneut.',
  ),
  'file-in-use': text(
    'Eine Datei ist von einem anderen Programm gesperrt',
    'Ein anderes Programm hält die Datei offen und lässt niemanden sonst lesen (Postfächer, Datenbanken, virtuelle Datenträger).',
    'Schließen Sie das Programm oder kopieren Sie nachts, dann starten Sie erneut.',
  ),
  'file-changed-while-read': text(
    'Eine Datei änderte sich beim Lesen immer wieder',
    'Größe oder Zeit waren nach dem letzten Byte bei jedem Versuch andere als vor dem ersten. Eine gemischte Kopie wurde nicht behalten.',
    'Schließen Sie das Programm, das hineinschreibt, dann starten Sie erneut.',
  ),
  'file-vanished': text(
    'Eine Datei verschwand, bevor sie kopiert wurde',
    'Ihr Ordner führte sie auf, und als sie an der Reihe war, war sie fort: Jemand hat sie verschoben oder gelöscht.',
    'Nichts, wenn sie mit Absicht gelöscht wurde. Wurde sie verschoben, so kopiert der nächste Lauf sie vom neuen Ort.',
  ),
  'read-failed': text(
    'Das Lesen aus der Quelle schlug fehl',
    'Der Datenträger oder das Netz gab mitten im Lesen einen Fehler.',
    'Prüfen Sie den Datenträger und die Verbindung des Dateiservers, dann starten Sie erneut.',
  ),
  'link-left-out': text(
    'Eine Verknüpfung wurde ausgelassen',
    'Verknüpfungen zeigen anderswohin; ihnen zu folgen, kopiert Dinge zweimal oder ohne Ende.',
    'Nichts. Kommt es auf das Ziel der Verknüpfung an, so legen Sie dafür eine Aufgabe an.',
  ),
  'special-left-out': text(
    'Eine Sonderdatei wurde ausgelassen',
    'Sockets, Pipes und Geräte haben keinen Inhalt, der sich kopieren ließe.',
    'Nichts.',
  ),
  'system-left-out': text(
    'Eine Systemdatei oder ein Systemordner wurde ausgelassen',
    'Dateien wie Thumbs.db, desktop.ini und .DS_Store und Ordner wie $RECYCLE.BIN gehören dem System, das sie anlegte.',
    'Nichts. Die Regel lässt sich in den Einstellungen der Aufgabe abschalten.',
  ),
  'temporary-left-out': text(
    'Eine temporäre Datei wurde ausgelassen',
    'Sperrdateien von Office (~$...) und *.tmp-Dateien werden von SharePoint abgelehnt oder sind dort wertlos.',
    'Nichts. *.tmp lässt sich in den Einstellungen der Aufgabe einschließen; ~$-Namen lehnt SharePoint immer ab.',
  ),
  'odd-time': text(
    'Eine Zeit lag außerhalb dessen, was SharePoint behält',
    'Die Datei nennt ein Datum vor 1970 oder nach 2100, meist von einer falschen Uhr. Die nächste mögliche Zeit wurde gesetzt.',
    'Nichts, es sei denn, Ihnen liegt am Datum.',
  ),
};
