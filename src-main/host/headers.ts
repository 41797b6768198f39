/**
 * The content security policy of the screen. Nothing comes from anywhere but its own host; scripts never inline; style
 * sheets inline only with the nonce of this answer (emotion, which MUI is styled with, writes them at run time).
 * `connect-src 'self'` covers the WebSocket of the same host (CSP level 3).
 * @param nonce unguessable, made anew for each answer
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers that go with every answer of the screen's host, whatever it is. */
export const strictHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
} as const;
