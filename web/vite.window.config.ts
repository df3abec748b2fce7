import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// One classic script, so that a page needs a single tag; its styles are inside (the window lives in a shadow root).
export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    lib: {
      entry: fileURLToPath(new URL('window/src/index.ts', import.meta.url)),
      formats: ['iife'],
      name: 'ParleyWindow',
      fileName: () => 'window.js',
    },
  },
});
