import { Loader } from './loader/Loader';
import { newestPanel } from './loader/newestPanel';
import { readOptions } from './loader/options';
import type { Parley } from './parley';

declare global {
  /** Address of the window itself below the server; set by the build. */
  const PANEL: string;

  interface Window {
    Parley?: Parley;
  }
}

// Only while a classic script runs is it known which one it is.
const script = document.currentScript as HTMLScriptElement | null;

function begin(): void {
  if (!script || window.Parley) return;
  const options = readOptions(script.dataset, script.src, document.documentElement.lang, navigator.language);
  const { server } = options;
  const load = (address: string) => import(/* @vite-ignore */ server + address);
  // A browser may remember that an address failed: another try asks under another one.
  window.Parley = new Loader(options, async attempt => load(attempt ? `${(await newestPanel(server)) ?? PANEL}?${attempt}` : PANEL));
  dispatchEvent(new CustomEvent('parley:ready', { detail: window.Parley }));
}

if (!script?.dataset.account) console.error('Parley: the script tag needs data-account.');
else if (document.body) begin();
else addEventListener('DOMContentLoaded', begin, { once: true });
