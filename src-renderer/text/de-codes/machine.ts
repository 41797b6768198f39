import type { machineCodes } from '../../../src-shared/catalogue/machine-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deMachineCodes: Readonly<Record<keyof typeof machineCodes, CodeText>> = {
  'store-unusable': text(
    'Der Datenordner ist nicht brauchbar',
    'Convoy führt dort sein Journal und darf nicht hineinschreiben.',
    'Wählen Sie mit --data einen anderen Ordner, oder berichtigen Sie die Rechte an diesem.',
  ),
  'store-disk-full': text(
    'Der Datenträger des Datenordners ist voll',
    'Das Journal ließ sich nicht schreiben. Die Arbeit hielt am letzten sicheren Punkt; nichts ist verloren.',
    'Schaffen Sie Platz auf diesem Datenträger, dann starten Sie erneut: Es geht weiter, wo es aufhörte.',
  ),
  'page-not-written': text(
    'Die Seite lässt sich dort nicht schreiben',
    'Ihr Ordner ist nicht da, oder es darf nicht hineingeschrieben werden, oder sein Datenträger ist voll.',
    'Nennen Sie mit --html eine andere Datei, oder bringen Sie diesen Ordner in Ordnung. Der Datenordner behält von jeder Einschätzung eine Seite.',
  ),
  'store-corrupt': text(
    'Eine Datenbank von Convoy ist beschädigt',
    'Die Datei bestand ihre Prüfung nicht. Sie wurde beiseitegelegt und nicht verändert.',
    'Lesen Sie die Einzelheit: Sie sagt, welche Datei behalten wurde, was an ihre Stelle trat und was dabei verloren ging, wenn überhaupt.',
  ),
  'store-restored': text(
    'Eine Datenbank wurde aus ihrer Sicherung wiederhergestellt',
    'Die Datei bestand ihre Prüfung nicht und wurde durch die letzte Sicherung ersetzt. Die beschädigte Datei wurde behalten.',
    'Nichts. Was seit der Sicherung geschah, findet der nächste Lauf wieder.',
  ),
  'store-newer': text(
    'Der Datenordner gehört zu einer neueren Version von Convoy',
    'Seine Datenbanken haben eine Form, die diese Version nicht kennt.',
    'Aktualisieren Sie Convoy auf diesem Computer, oder wählen Sie mit --data einen anderen Ordner.',
  ),
  'store-in-use': text(
    'Der Datenordner wird von einem anderen Convoy benutzt',
    'Zwei dürfen nicht in dasselbe Journal schreiben.',
    'Benutzen Sie das laufende, oder wählen Sie mit --data einen anderen Ordner.',
  ),
  'bad-request': text(
    'Die Anweisung ist nicht zu verstehen',
    'Etwas darin fehlt oder hat die falsche Form; die Einzelheit sagt, was.',
    'Berichtigen Sie es und versuchen Sie es erneut.',
  ),
  'renames-invalid': text(
    'Der Umbenennungsplan lässt sich nicht verwenden',
    'Er ist nicht lesbar, oder Zeilen geben Namen, die nicht stehen können; die Einzelheit nennt jede mit Zeile, Spalte und dem, was erlaubt ist. Es wurde nichts getan.',
    'Berichtigen Sie diese Zeilen, und geben Sie den Plan erneut.',
  ),
  'people-invalid': text(
    'Die Personenliste lässt sich nicht verwenden',
    'Sie lässt sich nicht lesen, oder Zeilen darin sind falsch; die Einzelheit nennt jede. Es wurde nichts getan.',
    'Berichtigen Sie diese Zeilen und geben Sie die Liste neu an: Konto an der Quelle, Anmeldename am Ziel, FALSE.',
  ),
  'not-found': text(
    'Das gibt es nicht mehr',
    'Die Aufgabe, der Lauf oder das Element wurde entfernt oder war nie da.',
    'Gehen Sie zurück zur Liste.',
  ),
  'wrong-state': text(
    'In diesem Zustand nicht möglich',
    'Die Aufgabe ist in einem Zustand, in dem diese Anweisung keinen Sinn hat; die Einzelheit nennt ihn.',
    'Sehen Sie nach dem Zustand der Aufgabe; er hat sich vielleicht eben geändert.',
  ),
  'waiting-for-agent': text(
    'Wird gleich aufgenommen',
    'Die Computer fragen etwa jede Sekunde nach Arbeit; der nächste freie nimmt sie.',
    'Nichts. Es beginnt von selbst.',
  ),
  'waiting-for-slot': text(
    'Dieser Computer ist mit einer anderen Aufgabe beschäftigt',
    'Ein Computer arbeitet an einer Aufgabe nach der anderen, in der Reihenfolge, in der sie gestartet wurden.',
    'Warten; es beginnt von selbst. Soll diese vorgehen, halten Sie die andere Aufgabe an.',
  ),
  'machine-away': text(
    'Der Computer, der daran arbeitet, ist fort',
    'Seitdem war nichts von ihm zu hören. Ist seine Frist um, übernimmt der nächste freie Computer seinen Teil; solange kein anderer da ist, wird gewartet.',
    'Nichts, solange andere Computer arbeiten. Sonst starten Sie Convoy auf diesem Computer, oder sehen Sie nach, warum er nicht erreichbar ist.',
  ),
  'unit-set-aside': text(
    'Ein Teil, den kein Computer fertigstellen konnte',
    'Er wurde auf mehreren Computern versucht, oder auf allen, die seine Quelle lesen können, und misslang auf jedem; die Einzelheit sagt, warum. Was darin noch zu tun war, zählt als fehlgeschlagen, alles andere ging weiter.',
    'Sehen Sie nach dem Grund. Der nächste Lauf versucht es noch einmal.',
  ),
  'source-out-of-reach': text(
    'Kein Computer erreicht die Quelle',
    'Jeder Computer, der an der Arbeit ist, hat die Quelle zu lesen versucht und konnte es nicht; die Einzelheit sagt, woran es bei jedem lag.',
    'Geben Sie einem der Computer Zugriff auf die Quelle, oder starten Sie Convoy auf einem, der ihn hat. Dann geht der Lauf von selbst weiter.',
  ),
  'no-machine-allowed': text(
    'Kein Computer darf daran arbeiten',
    'Die Aufgabe ist für bestimmte Computer oder Kennzeichen bestimmt, und von diesen ist keiner an der Arbeit; oder die Computer werden gerade freigemacht oder sind außerhalb ihrer Zeiten. Die Einzelheit sagt, welche.',
    'Starten Sie Convoy auf einem Computer, für den die Aufgabe bestimmt ist, lassen Sie Computer wieder arbeiten, oder ändern Sie, was die Aufgabe verlangt.',
  ),
  'no-agent': text(
    'Kein Computer ist an der Arbeit',
    'Seit einer halben Minute hat kein Computer nach Arbeit gefragt, also nimmt niemand den Lauf auf.',
    'Starten Sie Convoy auf einem Computer, oder sehen Sie nach, warum er nicht erreichbar ist. Dann beginnt es von selbst.',
  ),
  'manifest-unreadable': text(
    'Es gibt kein lesbares Manifest',
    'Ein übergebener Bericht hat in seinem Ordner die Dateien manifest.json und manifest.sig; hier fehlen sie oder sind etwas anderes.',
    'Nennen Sie den Ordner des Berichts oder seine manifest.json, und prüfen Sie, ob der Ordner vollständig übergeben wurde.',
  ),
  'stopped-by-you': text(
    'Beendet',
    'Jemand hat den Lauf beendet. Was kopiert wurde, ist sicher und verbucht.',
    'Starten Sie die Aufgabe erneut: Nur was fehlt, wird kopiert.',
  ),
  unexpected: text(
    'In Convoy geschah etwas Unvorhergesehenes',
    'Das ist ein Fehler im Programm. Die Arbeit darum herum hielt an einem sicheren Punkt.',
    'Starten Sie erneut; kommt es wieder, so melden Sie es zusammen mit der Einzelheit.',
  ),
};
