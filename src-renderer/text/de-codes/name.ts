import type { nameCodes } from '../../../src-shared/catalogue/name-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deNameCodes: Readonly<Record<keyof typeof nameCodes, CodeText>> = {
  'name-changed': text(
    'Ein Name wurde für SharePoint geändert',
    'SharePoint erlaubt diesen Namen nicht oder hält ihn für den eines anderen Elements des Ordners. Die Kopie hat den nächsten freien; die Quelle behält ihren.',
    'Sehen Sie im Bericht die Liste geänderter Namen durch; Verknüpfungen in Dokumenten brauchen vielleicht den neuen Namen.',
  ),
  'name-not-allowed': text(
    'SharePoint erlaubt den Namen nicht',
    'Die Aufgabe soll solche Namen melden und nicht ändern, oder SharePoint nimmt den Namen nicht, den der Umbenennungsplan gibt. Das Element wurde nicht kopiert.',
    'Benennen Sie es an der Quelle um, berichtigen Sie den Plan, oder lassen Sie die Aufgabe ersetzen, was nicht erlaubt ist, dann starten Sie erneut.',
  ),
  'name-not-unicode': text(
    'Ein Name ist kein lesbarer Text',
    'Die Bytes des Namens sind kein gültiges Unicode, sodass weder Menschen noch SharePoint ihn lesen können.',
    'Benennen Sie es an der Quelle um, dann starten Sie erneut.',
  ),
  'name-too-long': text(
    'Ein Name ist zu lang',
    'SharePoint erlaubt 255 Zeichen für einen Datei- oder Ordnernamen.',
    'Kürzen Sie den Namen an der Quelle, oder geben Sie im Umbenennungsplan einen anderen, dann starten Sie erneut.',
  ),
  'path-too-long': text(
    'Der Pfad ist am Ziel zu lang',
    'SharePoint erlaubt 400 Zeichen für Site, Bibliothek, Ordner und Name zusammen.',
    'Kürzen Sie Namen an der Quelle oder im Umbenennungsplan, oder wählen Sie ein Ziel weiter oben in der Bibliothek, dann starten Sie erneut.',
  ),
  'name-collision': text(
    'Zwei Namen würden einer',
    'SharePoint unterscheidet nicht zwischen Groß- und Kleinschreibung, und manche Buchstaben lassen sich auf zwei Arten schreiben. Eines der beiden hat den Namen; die Aufgabe soll solche Namen melden, oder ein Umbenennungsplan gibt beiden diesen Namen.',
    'Benennen Sie eines der beiden an der Quelle um, oder geben Sie ihm im Plan einen anderen Namen, dann starten Sie erneut.',
  ),
  'rename-too-late': text(
    'Ein Name des Umbenennungsplans kam zu spät',
    'Das Element hat schon eine Kopie unter anderem Namen. Convoy benennt am Ziel nichts um; die Kopie behält ihren Namen.',
    'Wenn es darauf ankommt, benennen Sie die Kopie in SharePoint von Hand um: Convoy kennt sie weiterhin.',
  ),
  'below-failed-folder': text(
    'Der Ordner darüber ließ sich am Ziel nicht anlegen',
    'Mit einem Ordner darüber stimmt etwas nicht; siehe dort.',
    'Bringen Sie den Ordner in Ordnung, dann starten Sie erneut.',
  ),
};
