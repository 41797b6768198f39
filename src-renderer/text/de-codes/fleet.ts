import type { fleetCodes } from '../../../src-shared/catalogue/fleet-codes.ts';
import { type CodeText, text } from './code-text.ts';

export const deFleetCodes: Readonly<Record<keyof typeof fleetCodes, CodeText>> = {
  'coordinator-away': text(
    'Der Koordinator ist nicht erreichbar',
    'Arbeit, die dieser Computer hat, geht bis zu eine halbe Minute weiter; was er zu melden hat, bleibt, bis der Koordinator zurück ist.',
    'Starten Sie Convoy auf dem Koordinator, oder sehen Sie nach, warum das Netz nicht dorthin führt. Dieser Computer kommt von selbst zurück.',
  ),
  'coordinator-unreachable': text(
    'Unter dieser Adresse antwortet kein Koordinator',
    'Dort hört niemand, das Netz führt nicht dorthin, oder eine Firewall steht dazwischen.',
    'Sehen Sie nach, ob Convoy auf dem Koordinator läuft und sein Port für diesen Computer offen ist: unter Windows in der Firewall, dort und dazwischen.',
  ),
  'fingerprint-wrong': text(
    'Unter dieser Adresse antwortet jemand anderes',
    'Er zeigt ein anderes Zertifikat als das der Einladung. Es wurde ihm nichts gesagt.',
    'Lassen Sie sich eine neue Einladung geben, falls der Koordinator neu ernannt wurde; sonst finden Sie heraus, wer dort antwortet.',
  ),
  'invitation-unreadable': text(
    'Die Einladung ist nicht lesbar',
    'Sie ist eine lange Zeile, und ein Teil davon fehlt oder wurde verändert.',
    'Kopieren Sie die ganze Zeile, die `convoy fleet invite` ausgab, und setzen Sie sie in Anführungszeichen.',
  ),
  'invitation-unusable': text(
    'Der Koordinator kennt diese Einladung nicht',
    'Ein anderer Koordinator hat sie gemacht, oder sie ist seit langem vorbei.',
    'Lassen Sie sich eine neue geben: `convoy fleet invite` auf dem Koordinator.',
  ),
  'invitation-used': text(
    'Diese Einladung wurde schon benutzt',
    'Jede gilt für einen Computer. Waren nicht Sie es, so hat sie jemand anderes.',
    'Sehen Sie die Computer der Flotte durch, und schicken Sie den fort, den niemand kennt. Dann lassen Sie sich eine neue Einladung geben.',
  ),
  'invitation-expired': text(
    'Diese Einladung ist abgelaufen',
    'Eine Einladung gilt nur für kurze Zeit.',
    'Lassen Sie sich eine neue geben: `convoy fleet invite` auf dem Koordinator.',
  ),
  'pairing-held-off': text(
    'Zu viele Versuche, von dieser Adresse aus beizutreten',
    'Mehrere schlugen innerhalb einer Minute fehl, also kann eine Minute lang niemand von dort beitreten. Computer der Flotte betrifft das nicht.',
    'Warten Sie eine Minute, und treten Sie dann mit einer gültigen Einladung bei.',
  ),
  'machine-known': text(
    'Die Flotte hat diesen Computer schon',
    'Ein anderer Datenordner, oder eine Kopie von diesem, ist ein Computer dieser Flotte. Eine Einladung kann ihn nicht ersetzen.',
    'Schicken Sie den Computer dieses Namens mit `convoy fleet revoke` fort, und treten Sie dann mit einer neuen Einladung bei.',
  ),
  'machine-unknown': text(
    'Kein Computer dieser Flotte heißt so',
    'Er ist diesem Koordinator noch nicht beigetreten, hat ihn verlassen oder heißt anders.',
    'Nehmen Sie Name oder Kennung aus `convoy fleet list`, auf dem Koordinator und mit dessen Datenordner.',
  ),
  'machine-revoked': text(
    'Dieser Computer wurde aus der Flotte fortgeschickt',
    'Jemand hat ihn auf dem Koordinator fortgeschickt. Er bekommt keine Arbeit mehr; was er kopierte, ist verbucht.',
    'Lassen Sie ihn auf dem Koordinator wieder zu (`convoy fleet accept`), oder verlassen Sie die Flotte hier mit `convoy leave`.',
  ),
  'wire-refused': text(
    'Der Koordinator kennt diesen Computer nicht',
    'Er hat einen anderen Schlüssel für ihn oder keinen: Der Computer wurde dort entfernt, oder die Datenbank der Flotte ist eine ältere.',
    'Verlassen Sie die Flotte auf diesem Computer mit `convoy leave`, und treten Sie mit einer neuen Einladung wieder bei.',
  ),
  'protocol-unknown': text(
    'Die Versionen von Convoy liegen zu weit auseinander',
    'Koordinator und Computer haben keine Version des Protokolls gemeinsam; benachbarte Versionen haben das.',
    'Aktualisieren Sie die ältere von beiden.',
  ),
  'listener-unable': text(
    'Der Koordinator kann dort nicht hören',
    'Ein anderes Programm hat den Port, oder die Adresse ist keine dieses Computers.',
    'Ernennen Sie ihn erneut mit einem anderen --port oder --listen.',
  ),
  'fleet-role': text(
    'Dieser Computer hat einen anderen Platz in der Flotte',
    'Die Anweisung ist für einen Koordinator, für einen beigetretenen Computer oder für einen, der allein ist; die Einzelheit sagt, was er ist.',
    'Geben Sie die Anweisung auf dem Computer, für den sie ist, oder ändern Sie erst den Platz von diesem: `convoy status` nennt ihn.',
  ),
  'fleet-moving': text(
    'Der Koordinator zieht gerade auf einen anderen Computer um',
    'So lange nimmt er keine Anweisungen an. Das Kopieren geht weiter; getan wurde nichts.',
    'Geben Sie die Anweisung in einer Minute noch einmal.',
  ),
  'move-failed': text(
    'Der Koordinator ließ sich nicht verlegen',
    'Die Einzelheit sagt, warum. Die Flotte bleibt, wo sie war, und arbeitet weiter; an ihr wurde nichts geändert.',
    'Sehen Sie nach, ob der andere Computer verbunden ist, ob dieser dessen Port erreicht und ob dort Platz für die Datenbank der Flotte ist. Dann ordnen Sie es noch einmal an.',
  ),
};
