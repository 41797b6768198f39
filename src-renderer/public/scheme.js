// Runs before the first paint, so that a window chosen to be dark is never white for a moment. A file of its own
// because the content security policy allows no inline script. The key and values are those of app/theme.ts.
(() => {
  let mode = 'system';
  try {
    mode = localStorage.getItem('convoy-mode') ?? 'system';
  } catch (error) {
    console.info('The choice of light or dark cannot be remembered here.', error);
  }
  const dark = mode === 'dark' || (mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-scheme', dark ? 'dark' : 'light');
})();
