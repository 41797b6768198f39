import type { filterCodes } from '../../../src-shared/catalogue/filter-codes.ts';
import { type CodeText, text } from './code-text.ts';

const change = 'Nichts. Der Filter lässt sich ändern; der nächste Lauf kopiert dann, was er ausließ.';

export const deFilterCodes: Readonly<Record<keyof typeof filterCodes, CodeText>> = {
  'folder-left-out': text(
    'Vom Filter für Ordner ausgelassen',
    'Der Ordner, oder einer über ihm, gehört zu denen, die die Aufgabe auslässt.',
    change,
  ),
  'name-left-out': text(
    'Vom Filter für Namen ausgelassen',
    'Der Name der Datei gehört nicht zu denen, die die Aufgabe kopiert, oder zu denen, die sie auslässt.',
    change,
  ),
  'extension-left-out': text(
    'Vom Filter für Endungen ausgelassen',
    'Die Art der Datei gehört nicht zu denen, die die Aufgabe kopiert, oder zu denen, die sie auslässt.',
    change,
  ),
  'hidden-left-out': text(
    'Ausgelassen, weil versteckt',
    'Windows führt die Datei oder den Ordner, oder einen Ordner darüber, als versteckt, und die Aufgabe lässt solche aus.',
    change,
  ),
  'offline-left-out': text(
    'Ausgelassen, weil der Inhalt anderswo liegt',
    'Der Inhalt liegt auf langsamerem Speicher oder in einer Cloud und müsste erst geholt werden; die Aufgabe lässt solche Dateien aus.',
    'Nichts. Fragen Sie, wer den Server betreibt, bevor Sie den Filter ändern.',
  ),
  'size-left-out': text(
    'Vom Filter für Größen ausgelassen',
    'Die Datei ist kleiner oder größer als die, die die Aufgabe kopiert.',
    change,
  ),
  'created-left-out': text(
    'Vom Filter für die Zeit der Erstellung ausgelassen',
    'Die Datei wurde vor oder nach der Zeit erstellt, von der an oder bis zu der die Aufgabe kopiert.',
    change,
  ),
  'modified-left-out': text(
    'Vom Filter für die letzte Änderung ausgelassen',
    'Die Datei wurde vor oder nach der Zeit zuletzt geändert, von der an oder bis zu der die Aufgabe kopiert.',
    change,
  ),
  'left-out-copy-stays': text(
    'Jetzt ausgelassen, und von einem früheren Lauf kopiert',
    'Die Kopie des früheren Laufs bleibt, wie sie ist: Convoy löscht nichts am Ziel, und es bringt sie nicht mehr auf den neuen Stand.',
    'Nichts. Ist auch die Kopie nicht erwünscht, so löschen Sie sie am Ziel.',
  ),
};
