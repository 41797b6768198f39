/** The forms that English and German have. */
export interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/** Picks the form for `n` by the rules of the language and puts the number, already formatted, in place of `#`. */
export function plural(rules: Intl.PluralRules, n: number, shown: string, forms: PluralForms): string {
  const form = rules.select(n) === 'one' ? forms.one : forms.other;
  return form.replaceAll('#', shown);
}
