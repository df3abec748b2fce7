import { fileURLToPath } from 'node:url';
import { build, defineConfig, type BuildOptions } from 'vite';
import { checkSize } from './window/build/size';

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const shared = {
  outDir: file('dist'),
  emptyOutDir: false,
  target: 'es2022',
  // What understands light-dark() is as old as the rest that the window needs.
  cssTarget: ['chrome123', 'edge123', 'firefox120', 'safari17.5'] as string[],
  modulePreload: false as const,
} satisfies BuildOptions;

/** The window itself and a file a language, with hashed names. Returns the address of the first. */
async function buildPanel(): Promise<string> {
  const result = await build({
    configFile: false,
    root: file('window'),
    logLevel: 'warn',
    build: {
      ...shared,
      rollupOptions: {
        input: file('window/src/panel.ts'),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: 'assets/window-[hash].js', chunkFileNames: 'assets/window-[name]-[hash].js' },
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap(each => ('output' in each ? each.output : []));
  const entry = outputs.find(output => output.type === 'chunk' && output.isEntry);
  if (!entry) throw new Error('The window was not built');
  return `/${entry.fileName}`;
}

// One classic script, so that a page needs a single tag. It draws the launcher, and loads the window when somebody turns to it.
export default defineConfig(async () => ({
  define: { PANEL: JSON.stringify(await buildPanel()) },
  build: {
    ...shared,
    lib: { entry: file('window/src/index.ts'), formats: ['iife' as const], name: 'ParleyWindow', fileName: () => 'window.js' },
  },
  plugins: [checkSize(file('dist'))],
}));
