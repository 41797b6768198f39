import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * The screen: built into out/renderer, served from there by the desktop's own protocol or by the headless host.
 * Addresses are relative, since the two hosts have different roots. `__CSP_NONCE__` is replaced by the host in
 * every answer; nothing is inlined, so that the content security policy needs neither `unsafe-inline` nor `data:`.
 */
export default defineConfig(({ command }) => {
  // A test runner starts builds with NODE_ENV=test; vite would then pack React's development build.
  if (command === 'build') process.env['NODE_ENV'] = 'production';
  return {
    root: 'src-renderer',
    base: './',
    plugins: [react()],
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: '../out/renderer',
      emptyOutDir: true,
      // Electron 45 carries Chromium 150; the headless host is for current browsers.
      target: 'chrome140',
      sourcemap: false,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 800,
    },
  };
});
