import { defineConfig } from 'vite';

/** The preload script as one CommonJS file: a sandboxed one can load nothing else. */
export default defineConfig({
  build: {
    outDir: 'out/preload',
    emptyOutDir: true,
    target: 'chrome140',
    minify: false,
    reportCompressedSize: false,
    lib: { entry: 'src-main/desktop/preload.ts', formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
