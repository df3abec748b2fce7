/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

const page = (name: string) => fileURLToPath(new URL(`${name}/index.html`, import.meta.url));
const server = process.env.PARLEY_URL ?? 'http://127.0.0.1:8080';

// The three pages; what they share is built once. The window, which other sites embed, is built by vite.window.config.ts.
export default defineConfig({
  plugins: [preact()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The content security policy allows no data: script or style; images stay files too.
    assetsInlineLimit: 0,
    rollupOptions: { input: { shop: page('shop'), workspace: page('workspace'), builder: page('builder') } },
  },
  server: {
    // Tests hold what is shown against the documentation.
    fs: { allow: ['..'] },
    proxy: {
      '/api': server,
      '/csdr': server,
      '/v1': server,
      '/demo.json': server,
      '/ws_api': { target: server, ws: true },
    },
  },
  // A window for each file took nine tenths of the time: the files share one and put back what they change in it.
  test: { include: ['*/test/**/*.test.ts', '*/test/**/*.test.tsx'], environment: 'happy-dom', isolate: false },
});
