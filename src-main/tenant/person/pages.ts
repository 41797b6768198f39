/** What the browser shows when the page of Microsoft has brought its answer here. It knows no language setting, so it says it in both. */

const STYLE = `body{font:16px/1.5 "Segoe UI",system-ui,sans-serif;max-width:34rem;margin:14vh auto;padding:0 1.5rem;color-scheme:light dark}
h1{font-size:1.35rem;font-weight:600}`;

function page(title: string, english: string, german: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
    `<body><main><h1>${title}</h1><p>${english}</p><p lang="de">${german}</p></main></body></html>`
  );
}

export const waitingPage = page(
  'Convoy is waiting for a sign-in',
  'There is nothing to see here. Go back to the page of Microsoft, or to Convoy.',
  'Hier gibt es nichts zu sehen. Gehen Sie zurück zur Seite von Microsoft, oder zu Convoy.',
);

export function answerPage(end: 'done' | 'refused'): string {
  return end === 'done'
    ? page(
        'You can go back to Convoy',
        'Convoy has got the answer and shows what comes of it. You can close this page.',
        'Convoy hat die Antwort und zeigt, was daraus wird. Sie können diese Seite schließen.',
      )
    : page(
        'Nobody was signed in',
        'Convoy says why, and what can be done. You can close this page.',
        'Convoy sagt, warum, und was zu tun ist. Sie können diese Seite schließen.',
      );
}
