import type { PracticeApp, PracticeUser } from './directory.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:30rem;margin:10vh auto;padding:0 1rem;color-scheme:light dark}
h1{font-size:1.4rem}p.note{opacity:.75}ul{list-style:none;padding:0}li{margin:.5rem 0}
button{font:inherit;width:100%;text-align:start;padding:.75rem 1rem;border:1px solid;border-radius:.5rem;background:none;color:inherit;cursor:pointer}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;letter-spacing:.1em}`;

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
  `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
  `<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;

const hidden = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
    .join('');

const accountButtons = (users: readonly PracticeUser[]): string =>
  users
    .map((user) => {
      const roles = user.roles.length === 0 ? 'no role' : user.roles.join(', ');
      const refused = user.refusedWith === undefined ? '' : `; is refused with AADSTS${user.refusedWith}`;
      return (
        `<li><button name="practice_user" value="${escapeHtml(user.upn)}">` +
        `<strong>${escapeHtml(user.displayName)}</strong><br>${escapeHtml(user.upn)} (${roles}${refused})</button></li>`
      );
    })
    .join('');

const NOTE =
  '<p class="note">This is the practice tenant on your own computer. There are no passwords here, and nothing leaves it.</p>';

/** Where a person picks the account to sign in with. Going on repeats the request with `practice_user`. */
export const accountPage = (
  app: PracticeApp,
  users: readonly PracticeUser[],
  request: Readonly<Record<string, string>>,
): string =>
  page(
    'Pick a practice account',
    `<p>${escapeHtml(app.displayName)} wants you to sign in.</p>${NOTE}` +
      `<form method="get">${hidden(request)}<ul>${accountButtons(users)}</ul>` +
      `<button name="practice_cancel" value="1">Cancel: nobody signs in</button></form>`,
  );

/** Where a person types the code that a screenless machine shows, and picks an account. */
export const devicePage = (users: readonly PracticeUser[], userCode: string, problem?: string): string =>
  page(
    'Connect a device',
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}${NOTE}` +
      `<form method="post"><label>Code <input name="user_code" required autocomplete="off" value="${escapeHtml(userCode)}"></label>` +
      `<ul>${accountButtons(users)}</ul>` +
      `<button name="practice_cancel" value="1">Cancel: nobody signs in</button></form>`,
  );

export const messagePage = (title: string, text: string): string => page(title, `<p>${escapeHtml(text)}</p>`);

/** Posts `fields` to `action` by itself (response_mode=form_post); by a button where scripts are off. */
export const formPostPage = (action: string, fields: Readonly<Record<string, string>>): string =>
  page(
    'Returning to the application',
    `<form method="post" action="${escapeHtml(action)}">${hidden(fields)}<button>Go on</button></form>` +
      '<script>document.forms[0].submit()</script>',
  );
