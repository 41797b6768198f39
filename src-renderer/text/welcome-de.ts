import type { WelcomeText } from './welcome-en.ts';

export const welcomeDe: WelcomeText = {
  steps: (step, all) => `${step} von ${all}`,
  skip: 'Überspringen',
  back: 'Zurück',
  next: 'Weiter',
  what: {
    title: 'Convoy kopiert Dateifreigaben nach SharePoint',
    points: [
      [
        'Die Quelle wird nur gelesen',
        'Nichts wird dort verschoben, umbenannt oder gelöscht. Alle arbeiten weiter.',
      ],
      [
        'Über jede Datei wird Buch geführt',
        'Kopiert und geprüft, oder aufgelistet mit dem Grund und was zu tun ist.',
      ],
      [
        'Anhalten schadet nicht',
        'Nach einer Pause, einem Neustart oder einer neuen Anmeldung geht es weiter, wo es war.',
      ],
    ],
  },
  where: {
    title: 'Dieser Computer allein, oder mehrere',
    points: [
      [
        'Einer genügt für den Anfang',
        'Dieser Computer kopiert allein, am Tag oder in der Nacht, so schnell Freigabe und Leitung es zulassen.',
      ],
      [
        'Mehr, wo viel zu kopieren ist',
        'Unter Computer werden andere eingeladen. Sie teilen sich die Arbeit derselben Aufgaben, und einer übernimmt, wenn ein anderer ausfällt.',
      ],
    ],
  },
  start: {
    title: 'Anmelden, oder sich erst umsehen',
    points: [
      [
        'Mit Anmeldung kann kopiert werden',
        'In Ihrem eigenen Browser, in jeder Cloud von Microsoft. Was die App darf, wird vorher gesagt.',
      ],
      ['Ohne kann angesehen werden', 'Freigaben lassen sich ansehen und Listen von Aufgaben vorbereiten.'],
      [
        'Oder mit Beispieldaten üben',
        'Eine Freigabe und eine Organisation nur auf diesem Computer, mit eigener Oberfläche. Nichts erreicht Microsoft.',
      ],
    ],
    signIn: 'Anmelden',
    look: 'Umsehen',
    command: 'So beginnt die Übung:',
    copy: 'Befehl kopieren',
  },
};
