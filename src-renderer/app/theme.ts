import { createTheme } from '@mui/material/styles';
import { type SchemeTokens, tokens } from './tokens.ts';

declare module '@mui/material/styles' {
  interface Palette {
    sunken: string;
    outcome: SchemeTokens['outcome'];
    grade: SchemeTokens['grade'];
    factor: SchemeTokens['factor'];
  }
  interface PaletteOptions {
    sunken?: string;
    outcome?: SchemeTokens['outcome'];
    grade?: SchemeTokens['grade'];
    factor?: SchemeTokens['factor'];
  }
}

/** Where the choice light, dark or system is remembered; public/scheme.js reads it before the first paint. */
export const MODE_KEY = 'convoy-mode';

function palette(scheme: SchemeTokens) {
  return {
    primary: { main: scheme.primary, contrastText: scheme.onPrimary },
    success: { main: scheme.good },
    info: { main: scheme.info },
    warning: { main: scheme.warning },
    error: { main: scheme.error },
    background: { default: scheme.background, paper: scheme.paper },
    text: { primary: scheme.text, secondary: scheme.quiet },
    divider: scheme.divider,
    sunken: scheme.sunken,
    outcome: scheme.outcome,
    grade: scheme.grade,
    factor: scheme.factor,
  };
}

/** Fonts of the system only: nothing is downloaded, and Windows 11 has the first one. */
const fonts = '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif';
const display = '"Segoe UI Variable Display", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif';

export const themeOptions = {
  cssVariables: { cssVarPrefix: 'convoy', colorSchemeSelector: 'data-scheme' },
  colorSchemes: { light: { palette: palette(tokens.light) }, dark: { palette: palette(tokens.dark) } },
  // The rail shows words from 1100 px on.
  breakpoints: { values: { xs: 0, sm: 600, md: 900, lg: 1100, xl: 1536 } },
  shape: { borderRadius: 8 },
  typography: {
    fontFamily: fonts,
    fontSize: 14,
    h1: { fontFamily: display, fontSize: '1.5rem', fontWeight: 600, letterSpacing: '-0.01em' },
    h2: { fontFamily: display, fontSize: '1.0625rem', fontWeight: 600 },
    h3: { fontSize: '0.9375rem', fontWeight: 600 },
    body1: { fontSize: '0.9375rem' },
    body2: { fontSize: '0.875rem' },
    caption: { fontSize: '0.8125rem', lineHeight: 1.45 },
    button: { textTransform: 'none', fontWeight: 600 },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': {
            animationDuration: '0.01ms !important',
            animationIterationCount: '1 !important',
            transitionDuration: '0.01ms !important',
            scrollBehavior: 'auto !important',
          },
        },
        body: { fontVariantNumeric: 'tabular-nums', overflowWrap: 'break-word' },
        ':focus-visible': { outline: '2px solid var(--convoy-palette-primary-main)', outlineOffset: 2 },
        '.visually-hidden': {
          position: 'absolute',
          width: 1,
          height: 1,
          margin: -1,
          overflow: 'hidden',
          clipPath: 'inset(50%)',
          whiteSpace: 'nowrap',
        },
      },
    },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: { root: { '&.Mui-focusVisible': { outlineOffset: 2 } } },
    },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiCard: {
      defaultProps: { variant: 'outlined' },
      styleOverrides: { root: { borderRadius: 12 } },
    },
    MuiTooltip: { defaultProps: { enterDelay: 300, describeChild: true } },
    MuiTab: { styleOverrides: { root: { minHeight: 44, padding: '8px 14px' } } },
    MuiTabs: { styleOverrides: { root: { minHeight: 44 } } },
    MuiDialog: { styleOverrides: { paper: { borderRadius: 14 } } },
    MuiLink: { defaultProps: { underline: 'hover' } },
  },
} as const;

export const theme = createTheme(themeOptions);
