import CssBaseline from '@mui/material/CssBaseline';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { deDE as gridDe } from '@mui/x-data-grid/locales';
import { useEffect, useMemo } from 'react';
import { useLanguage } from '../text/use-text.ts';
import { Shell } from './shell.tsx';
import { MODE_KEY, theme, themeOptions } from './theme.ts';

/** @param nonce of the style elements, for parts that make some of their own */
export function App({ nonce }: { readonly nonce: string | undefined }) {
  const locale = useLanguage((state) => state.locale);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const localised = useMemo(() => (locale === 'de' ? createTheme(themeOptions, gridDe) : theme), [locale]);
  return (
    <ThemeProvider theme={localised} defaultMode="system" modeStorageKey={MODE_KEY}>
      <CssBaseline />
      <Shell nonce={nonce} />
    </ThemeProvider>
  );
}
