import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

// The package as it is published; the applications of this repository take the source.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    minify: false,
    lib: { entry: { index: source('index.ts'), 'admin/index': source('admin/index.ts') }, formats: ['es'] },
    rollupOptions: { external: ['@preact/signals-core'] },
  },
});
