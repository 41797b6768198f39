import type { GentleText } from './gentle-en.ts';

export const gentleDe: GentleText = {
  title: 'Schonung',
  none: 'Aus',
  intro:
    'Damit andere mit der Quelle arbeiten können: höchstens zwei Aufrufe zugleich, und nur in diesem Teil der Zeit. Die Stunden sind die des Computers, der liest.',
  share: 'Lesen',
  hours: 'Zu bestimmten Stunden',
  add: 'Stunden hinzufügen',
  remove: 'Diese Stunden entfernen',
  days: 'Tage',
  from: 'Von',
  to: 'Bis',
  everyDay: 'Täglich',
  allDay: 'ganztags',
  full: 'So schnell es geht',
  nothing: 'Nichts',
  ofTime: (percent) => `${percent} der Zeit`,
  never: 'Diese Stunden lassen keine Zeit, um etwas zu lesen.',
  emptyRange: 'Beginnt und endet zur selben Zeit.',
  noDay: 'Wählen Sie einen Tag.',
  change: 'Schonung ändern',
  save: 'Übernehmen',
};
