interface Step {
  readonly title: string;
  /** What is so, and what it means. */
  readonly points: readonly (readonly [string, string])[];
}

export interface WelcomeText {
  readonly steps: (step: number, all: number) => string;
  readonly skip: string;
  readonly back: string;
  readonly next: string;
  readonly what: Step;
  readonly where: Step;
  readonly start: Step & {
    readonly signIn: string;
    readonly look: string;
    readonly command: string;
    readonly copy: string;
  };
}

/** The words of the first screens. */
export const welcomeEn: WelcomeText = {
  steps: (step: number, all: number) => `${step} of ${all}`,
  skip: 'Skip',
  back: 'Back',
  next: 'Next',
  what: {
    title: 'Convoy copies file shares into SharePoint',
    points: [
      ['The source is only ever read', 'Nothing is moved, renamed or deleted there. People go on working.'],
      [
        'Every file is accounted for',
        'Copied and verified, or listed with the reason and what to do about it.',
      ],
      ['Stopping does no harm', 'After a break, a restart or a new sign-in it goes on where it was.'],
    ],
  },
  where: {
    title: 'This machine alone, or several',
    points: [
      [
        'One is enough to begin',
        'This machine copies by itself, by day or at night, as fast as the share and the line allow.',
      ],
      [
        'More when there is much to copy',
        'Under Machines others are invited. They share the work of the same tasks, and one takes over when another is gone.',
      ],
    ],
  },
  start: {
    title: 'Sign in, or look around first',
    points: [
      [
        'With a sign-in it can copy',
        'In your own browser, in any cloud of Microsoft. What the app may do is said before.',
      ],
      ['Without one it can look', 'Shares can be looked at and lists of tasks prepared.'],
      [
        'Or rehearse with sample data',
        'A share and an organisation on this computer alone, with a screen of their own. Nothing reaches Microsoft.',
      ],
    ],
    signIn: 'Sign in',
    look: 'Look around',
    command: 'This starts the rehearsal:',
    copy: 'Copy the command',
  },
};
