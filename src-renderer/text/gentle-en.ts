/** The words of gentle mode. */
export interface GentleText {
  readonly title: string;
  readonly none: string;
  readonly intro: string;
  readonly share: string;
  readonly hours: string;
  readonly add: string;
  readonly remove: string;
  readonly days: string;
  readonly from: string;
  readonly to: string;
  readonly everyDay: string;
  readonly allDay: string;
  readonly full: string;
  readonly nothing: string;
  /** `percent` of the time. */
  readonly ofTime: (percent: string) => string;
  readonly never: string;
  readonly emptyRange: string;
  readonly noDay: string;
  readonly change: string;
  readonly save: string;
}

export const gentleEn: GentleText = {
  title: 'Gentle mode',
  none: 'Off',
  intro:
    'So that others can work with the source: at most two calls to it at once, and only this part of the time. Hours are those of the machine that reads.',
  share: 'Read',
  hours: 'At certain hours',
  add: 'Add hours',
  remove: 'Remove these hours',
  days: 'Days',
  from: 'From',
  to: 'Until',
  everyDay: 'Every day',
  allDay: 'all day',
  full: 'As fast as it goes',
  nothing: 'Nothing',
  ofTime: (percent) => `${percent} of the time`,
  never: 'These hours leave no time to read anything.',
  emptyRange: 'Begins and ends at the same time.',
  noDay: 'Choose a day.',
  change: 'Change gentle mode',
  save: 'Apply',
};
