import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tokens } from './tokens.ts';

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s scheme', (name) => {
  const scheme = tokens[name];
  const grounds = [scheme.background, scheme.paper, scheme.sunken];

  it.each(['text', 'quiet', 'primary', 'good', 'info', 'warning', 'error'] as const)(
    'has text in %s that can be read on every ground (4.5:1)',
    (colour) => {
      for (const ground of grounds) expect(contrast(scheme[colour], ground)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('has buttons that can be read', () => {
    expect(contrast(scheme.onPrimary, scheme.primary)).toBeGreaterThanOrEqual(4.5);
  });

  it('has graphics that stand out from the card (3:1), but for what says nothing', () => {
    const { todo: _todo, ...outcome } = scheme.outcome;
    const { nothing: _nothing, ...factor } = scheme.factor;
    for (const colour of Object.values({ ...outcome, ...scheme.grade, ...factor })) {
      expect(contrast(colour, scheme.paper), colour).toBeGreaterThanOrEqual(3);
    }
  });

  it('is on the screen before the program runs', () => {
    const css = readFileSync(new URL('./first-paint.css', import.meta.url), 'utf8');
    expect(css).toContain(`background: ${scheme.background}`);
  });
});
