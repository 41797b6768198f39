import type { destinationCodes } from '../../../src-shared/catalogue/destination-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deDestinationCodes: Readonly<Record<keyof typeof destinationCodes, CodeText>> = {
  'destination-url-invalid': text(
    'Das Ziel ist keine Adresse in SharePoint oder OneDrive',
    'Es muss die https-Adresse einer Site, einer Bibliothek oder eines Ordners darin sein.',
    'Kopieren Sie die Adresse aus dem Browser, z. B. https://contoso.sharepoint.com/sites/finance/Shared Documents.',
  ),
  'destination-wrong-cloud': text(
    'Das Ziel gehört zu einer anderen Cloud',
    'Der Hostname gehört nicht zu der Cloud, an der Convoy angemeldet ist.',
    'Wählen Sie die richtige Cloud (--cloud), oder berichtigen Sie die Adresse.',
  ),
  'site-not-found': text(
    'Diese Site gibt es nicht',
    'SharePoint kennt unter dieser Adresse keine Site, oder die App darf sie nicht sehen.',
    'Prüfen Sie die Adresse auf Tippfehler; ist sie richtig, so geben Sie der App Zugriff auf die Site.',
  ),
  'library-not-found': text(
    'Die Site hat keine solche Bibliothek',
    'Die Site gibt es, doch keine ihrer Dokumentbibliotheken hat diese Adresse oder als einzige diesen Namen.',
    'Öffnen Sie die Bibliothek im Browser und kopieren Sie ihre Adresse.',
  ),
  'onedrive-not-provisioned': text(
    'Das OneDrive gibt es noch nicht',
    'Ein OneDrive entsteht, wenn sein Besitzer es zum ersten Mal öffnet oder ein Admin es bereitstellt.',
    'Stellen Sie das OneDrive im SharePoint Admin Center bereit, dann starten Sie erneut.',
  ),
  'destination-access-denied': text(
    'Die App darf nicht ins Ziel schreiben',
    'Die Anmeldung ist gut, doch ihre Berechtigungen reichen nicht bis zu dieser Site.',
    'Geben Sie der App Sites.ReadWrite.All, oder Sites.Selected mit Schreibzugriff auf diese Site.',
  ),
  'destination-is-a-file': text(
    'Das Ziel ist eine Datei',
    'Die Adresse nennt eine Datei; eine Aufgabe braucht einen Ordner oder eine Bibliothek.',
    'Nennen Sie stattdessen den Ordner.',
  ),
  'quota-full': text(
    'Das Ziel ist voll',
    'Die Site oder das OneDrive hat seine Speichergrenze erreicht. Was kopiert ist, ist sicher; der Rest wartet.',
    'Vergrößern Sie das Kontingent oder schaffen Sie Platz, dann starten Sie erneut.',
  ),
  'destination-locked': text(
    'Das Element ist am Ziel gesperrt',
    'Jemand hat es dort geöffnet oder ausgecheckt.',
    'Bitten Sie die Person, es zu schließen oder einzuchecken, dann starten Sie erneut.',
  ),
  'name-blocked-by-lost-upload': text(
    'Ein verlorener Upload hält den Namen noch besetzt',
    'Convoy oder sein Computer endete, während der Upload eröffnet wurde. SharePoint hält ihm den Namen etwa 15 Minuten lang; 20 Minuten wurde gewartet, und er ist noch nicht frei.',
    'Starten Sie später erneut. Wird der Name nie frei, lädt jemand anderes eine Datei dieses Namens hoch.',
  ),
  'edited-at-destination': text(
    'Die Kopie wurde am Ziel bearbeitet',
    'Jemand hat sie geändert, seit Convoy sie kopierte, und die Quelle änderte sich ebenfalls. Die bearbeitete Kopie blieb, wie sie ist.',
    'Vergleichen Sie beide von Hand, oder wählen Sie eine andere Konfliktregel für die Aufgabe.',
  ),
  'occupied-at-destination': text(
    'Ein anderes Element dieses Namens war schon da',
    'Es wurde nicht von Convoy kopiert und weicht von der Quelle ab. Es blieb, wie es ist.',
    'Vergleichen Sie beide von Hand, oder wählen Sie eine andere Konfliktregel für die Aufgabe.',
  ),
  'replaced-at-destination': text(
    'Als neue Version über etwas anderes geschrieben',
    'Eine andere Datei trug diesen Namen, oder die Kopie wurde dort bearbeitet. Nach der Konfliktregel der Aufgabe geht die Quelle darüber; was dort lag, bleibt als die Version davor.',
    'War das andere gewünscht, so stellen Sie es in SharePoint aus dem Versionsverlauf wieder her.',
  ),
  'kept-beside': text(
    'Neben etwas anderes kopiert, unter anderem Namen',
    'Eine andere Datei trug diesen Namen, oder die Kopie wurde dort bearbeitet. Nach der Konfliktregel der Aufgabe bleiben beide; diese hier hat fortan eine Zahl im Namen.',
    'Vergleichen Sie beide von Hand, und löschen Sie die nicht gewünschte.',
  ),
  'kind-differs': text(
    'Eine Datei und ein Ordner beanspruchen denselben Namen',
    'Die Quelle hat einen Ordner, wo das Ziel eine Datei hat, oder umgekehrt.',
    'Benennen Sie eines der beiden um, dann starten Sie erneut.',
  ),
  'deleted-at-source': text(
    'Seit dem letzten Lauf an der Quelle gelöscht',
    'Die Kopie am Ziel blieb dort: Convoy löscht dort nie von selbst.',
    'Löschen Sie die Kopie von Hand, wenn sie nicht mehr gewünscht ist.',
  ),
  'recycled-at-destination': text(
    'An der Quelle gelöscht; die Kopie liegt im Papierkorb',
    'Die Aufgabe soll Löschungen folgen. Die Kopie war, wie Convoy sie hinterließ, und kam in den Papierkorb der Site; dort bleibt sie 93 Tage.',
    'Nichts zu tun. Wird sie noch gebraucht, so stellen Sie sie aus dem Papierkorb wieder her.',
  ),
  'kept-at-destination': text(
    'An der Quelle gelöscht; die Kopie blieb dort',
    'Die Aufgabe soll Löschungen folgen, doch diese Kopie ist nicht mehr, wie Convoy sie hinterließ, ist nicht von Convoy oder ließ sich nicht löschen. Die Einzelheit sagt, was davon.',
    'Sehen Sie sie an, und löschen Sie sie von Hand, wenn sie nicht mehr gewünscht ist.',
  ),
  'deletions-to-confirm': text(
    'An der Quelle gelöscht; zu viel auf einmal',
    'Die Aufgabe soll Löschungen folgen, doch so viele Elemente auf einmal können ein Versehen sein: ein Ordner, der nicht eingehängt ist, oder zu gründlich aufgeräumt. Alle Kopien blieben.',
    'Sehen Sie diese Elemente durch. Sollen sie gehen, so starten Sie erneut mit --confirm-deletions und ihrer Anzahl.',
  ),
  'folder-not-empty': text(
    'In dem Ordner liegt etwas',
    'Er enthält etwas, das nicht von Convoy ist oder dort seither geändert wurde.',
    'Sehen Sie in den Ordner, und löschen Sie ihn von Hand, wenn er nicht mehr gewünscht ist.',
  ),
  'newer-at-destination': text(
    'Am Ziel bearbeitet, an der Quelle unverändert',
    'Jemand arbeitet schon mit der Kopie. Sie blieb, wie sie ist.',
    'Nichts.',
  ),
  'folder-time-not-set': text(
    'Der Ordner hat eine andere Zeit als an der Quelle',
    'Alles in ihm war erledigt, und dann nahm SharePoint die Zeit des Ordners nicht an. Die Einzelheit sagt, warum.',
    'Nichts zu tun, außer wenn Ihnen die Zeiten von Ordnern wichtig sind: dann starten Sie erneut.',
  ),
  'authors-not-permitted': text(
    'Der Autor ließ sich nicht setzen: die Anmeldung darf es nicht',
    'Autor und Bearbeiter setzt SharePoint selbst, nicht Graph. Dazu braucht es eine Anmeldung mit Zertifikat und die Berechtigung Sites.FullControl.All für SharePoint. Die Datei wurde kopiert; als Autor steht das Konto da, das migriert.',
    'Erteilen Sie der Anwendung diese Berechtigung und starten Sie erneut; oder schalten Sie Autoren aus.',
  ),
  'author-not-set': text(
    'Der Autor ließ sich nicht setzen',
    'Die Datei wurde kopiert, und dann nahm SharePoint Autor und Bearbeiter nicht an, oder die Datei war nicht mehr, wie sie hinterlassen wurde. Die Einzelheit sagt, warum. Als Autor steht das Konto da, das migriert.',
    'Starten Sie erneut: Dateien ohne ihren Autor kommen noch einmal an die Reihe.',
  ),
  'person-unknown-at-destination': text(
    'Die Person ist am Ziel nicht bekannt',
    'Die Personenliste nennt für den Besitzer der Datei jemanden, den SharePoint nicht findet: das Konto wurde gelöscht, oder der Anmeldename ist ein anderer. Als Autor steht das Konto da, das migriert.',
    'Berichtigen Sie den Anmeldenamen in der Personenliste, geben Sie die Liste neu an und starten Sie erneut.',
  ),
  'owner-not-mapped': text(
    'Für den Besitzer der Datei ist niemand genannt',
    'Die Personenliste hat keine Zeile für den Besitzer, den die Einzelheit nennt. Die Datei wurde kopiert; als Autor steht das Konto da, das migriert.',
    'Ergänzen Sie den Besitzer in der Personenliste, geben Sie die Liste neu an und starten Sie erneut: nur diese Dateien kommen noch einmal an die Reihe.',
  ),
  'owner-unreadable': text(
    'Der Besitzer der Datei ließ sich nicht lesen',
    'Die Datei wurde kopiert, und dann sagte die Quelle nicht, wem sie gehört. Die Einzelheit sagt, warum. Als Autor steht das Konto da, das migriert.',
    'Starten Sie erneut, wenn nötig mit einem Konto, das an der Quelle Berechtigungen lesen darf.',
  ),
  'moved-at-destination': text(
    'An der Quelle umbenannt oder verschoben, und die Kopie mit',
    'Es ist dieselbe Datei oder derselbe Ordner unter anderem Namen oder in einem anderen Ordner. Die Kopie war, wie Convoy sie hinterließ, und wurde ebenso umbenannt oder verschoben; nichts wurde noch einmal gesendet, Versionen und Links bleiben. Die Einzelheit sagt, wo es vorher war.',
    'Nichts zu tun.',
  ),
  'renamed-at-source': text(
    'Seit dem letzten Lauf an der Quelle umbenannt oder verschoben',
    'Die Datei wurde unter ihrem neuen Namen kopiert; die Kopie unter dem alten blieb am Ziel.',
    'Löschen Sie die alte Kopie von Hand, wenn sie nicht mehr gewünscht ist.',
  ),
  'refused-by-service': text(
    'SharePoint lehnte das Element ab',
    'Der Dienst sagte auf eine Weise nein, die ein weiterer Versuch nicht ändert; die Einzelheit nennt seine Worte.',
    'Lesen Sie die Einzelheit; benennen Sie das Element um oder lassen Sie es aus, dann starten Sie erneut.',
  ),
  'too-large': text(
    'Die Datei ist zu groß für SharePoint',
    'SharePoint nimmt Dateien bis 250 GB.',
    'Teilen Sie die Datei oder bewahren Sie sie anderswo auf.',
  ),
  'service-error': text(
    'SharePoint gab immer wieder Fehler',
    'Der Dienst antwortete bei jedem Versuch für dieses Element mit Fehlern.',
    'Starten Sie später erneut: Nur was fehlt, wird kopiert.',
  ),
  'service-unreachable': text(
    'SharePoint ist nicht erreichbar',
    'Es kam keine Verbindung zum Dienst zustande: Netz, Proxy, Namensauflösung oder Firewall.',
    'Prüfen Sie die Verbindung dieses Computers zu den Hosts in der Einzelheit; die Arbeit geht weiter, wo sie aufhörte.',
  ),
  throttled: text(
    'SharePoint bat zu warten',
    'Der Dienst begrenzt, wie viel eine App von ihm verlangen darf. Das ist bei großen Kopien üblich.',
    'Nichts. Die Arbeit geht von selbst weiter, wenn die Zeit um ist.',
  ),
  'session-lost': text(
    'Ein Hochladen musste neu beginnen',
    'Der Dienst vergaß ein unfertiges Hochladen (sie leben ohne Verkehr etwa 15 Minuten, höchstens einen Tag).',
    'Nichts.',
  ),
  'content-differs': text(
    'Die Kopie weicht von der Quelle ab',
    'Größe oder Prüfsumme am Ziel sind nicht die der gelesenen Bytes, und die Art ist keine, die SharePoint umschreibt. Nichts wurde gelöscht.',
    'Starten Sie erneut: Die Datei wird noch einmal kopiert. Bleibt es dabei, so vergleichen Sie beide von Hand.',
  ),
  'copy-missing': text(
    'Die Kopie ist nicht da',
    'Der Dienst bestätigte das Hochladen, doch das Ziel führt das Element nicht auf.',
    'Starten Sie erneut: Die Datei wird noch einmal kopiert.',
  ),
  'rewritten-by-service': text(
    'SharePoint schrieb die Datei beim Speichern um',
    'SharePoint schreibt Eigenschaften der Bibliothek in Office- und einige andere Dateien, sodass sich Größe und Prüfsumme ändern. Alle gesendeten Bytes wurden bestätigt.',
    'Nichts.',
  ),
};
