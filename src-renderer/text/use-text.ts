import { create } from 'zustand';
import { de } from './de.ts';
import { en, type Messages } from './en.ts';
import { createFormat, type Format, type Locale, locales } from './format.ts';

const LANGUAGE_KEY = 'convoy-language';

interface Catalogue {
  readonly f: Format;
  readonly t: Messages;
}

function catalogueOf(locale: Locale): Catalogue {
  const region = navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${locale}-`));
  const f = createFormat(locale, region);
  return { f, t: locale === 'de' ? de(f) : en(f) };
}

const catalogues: Readonly<Record<Locale, Catalogue>> = { en: catalogueOf('en'), de: catalogueOf('de') };

export function isLocale(text: string | null): text is Locale {
  return locales.some((locale) => locale === text);
}

/** The first of the wanted languages that there is; English when there is none. */
export function pickLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0] ?? '';
    if (isLocale(language)) return language;
  }
  return 'en';
}

interface LanguageState {
  readonly chosen: Locale | 'system';
  readonly locale: Locale;
  choose(locale: Locale | 'system'): void;
}

const remembered = localStorage.getItem(LANGUAGE_KEY);

export const useLanguage = create<LanguageState>((set) => ({
  chosen: isLocale(remembered) ? remembered : 'system',
  locale: isLocale(remembered) ? remembered : pickLocale(navigator.languages),
  choose(chosen) {
    if (chosen === 'system') localStorage.removeItem(LANGUAGE_KEY);
    else localStorage.setItem(LANGUAGE_KEY, chosen);
    set({ chosen, locale: chosen === 'system' ? pickLocale(navigator.languages) : chosen });
  },
}));

/** The texts (`t`) and formats (`f`) of the language in use. */
export function useText(): Catalogue {
  return catalogues[useLanguage((state) => state.locale)];
}
