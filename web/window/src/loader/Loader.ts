import type { Parley, ParleyEvent, ParleyEvents, TokenCallback } from '../parley';
import { began, isOpen, type Attached, type Stage } from '../stage';
import { accentProperties } from './accent';
import { Keep } from './keep';
import { directionOf } from './languages';
import { Launcher } from './Launcher';
import css from './launcher.css?inline';
import type { WindowOptions } from './options';

export type LoadPanel = (attempt: number) => Promise<{ attach(stage: Stage): Promise<Attached> }>;

/**
 * The launcher, and the page's API. The window itself is fetched when the visitor turns to it, or has written before; until
 * then there is no request but for this script.
 */
export class Loader implements Parley {
  readonly #loadPanel: LoadPanel;
  readonly #host = document.createElement('parley-window');
  readonly #stage: Omit<Stage, 'token'>;
  readonly #listeners = new Map<string, Set<(event: never) => void>>();
  readonly #unwatch: () => void;
  #token: TokenCallback | null;
  #attaching: Promise<Attached> | null = null;
  #attached: Attached | null = null;
  #attempts = 0;

  constructor(options: WindowOptions, loadPanel: LoadPanel) {
    this.#loadPanel = loadPanel;
    const { tokenCallback } = options;
    // Looked up when it is needed: the page's own script may come later.
    this.#token = tokenCallback ? async () => (await asCallback((globalThis as Record<string, unknown>)[tokenCallback])?.()) ?? null : null;
    const shadow = this.#host.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [sheetOf(css)];
    const root = rootOf(options);
    shadow.append(root);
    const launcher = new Launcher(root, options.language);
    const { button } = launcher;
    button.hidden = !options.launcher;
    button.onclick = () => this.open();
    // The visitor turns to it: it is there when he presses.
    button.onpointerenter = button.onfocus = () => void this.#attach().catch(() => {});
    const prefix = `parley.${options.server}.${options.account}.window.`;
    const shared = new Keep(prefix, () => localStorage);
    const tab = new Keep(prefix, () => sessionStorage);
    this.#stage = { options, shadow, root, launcher, shared, tab, emit: event => this.#emit(event) };
    document.body.append(this.#host);
    this.#unwatch = shared.watch(began, value => void (value && this.#attach().catch(() => {})));
    // As he left it on the page before; on a small screen it would cover the new one.
    if (tab.get(isOpen) && !matchMedia('(max-width: 480px)').matches) void this.#attach().then(attached => attached.open(undefined, false), () => {});
    else if (shared.get(began)) whenIdle(() => void this.#attach().catch(() => {}));
  }

  open(options?: { readonly text?: string }): void {
    const { launcher } = this.#stage;
    if (this.#attached) return this.#attached.open(options?.text);
    launcher.busy(true);
    this.#attach().then(
      attached => {
        launcher.busy(false);
        attached.open(options?.text);
      },
      () => launcher.busy(false, true),
    );
  }

  close(): void {
    this.#attached?.close();
  }

  get isOpen(): boolean {
    return this.#attached?.isOpen ?? false;
  }

  get unread(): number {
    return this.#attached?.unread ?? 0;
  }

  on<Name extends keyof ParleyEvents>(name: Name, listener: (event: ParleyEvents[Name]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  signIn(token: string | (() => string | null | Promise<string | null>)): void {
    this.#identify(asCallback(token));
  }

  signOut(): void {
    this.#identify(null);
  }

  forget(): void {
    this.#token = null;
    if (this.#attaching || this.#stage.shared.get(began)) void this.#attach().then(attached => attached.forget(), () => {});
  }

  remove(): void {
    this.#unwatch();
    void this.#attaching?.then(attached => attached.remove(), () => {});
    this.#host.remove();
  }

  #identify(token: TokenCallback | null): void {
    this.#token = token;
    void this.#attaching?.then(attached => attached.signIn(token), () => {});
  }

  #attach(): Promise<Attached> {
    return (this.#attaching ??= this.#load());
  }

  async #load(): Promise<Attached> {
    const attachOne = async () => (await this.#loadPanel(this.#attempts++)).attach({ ...this.#stage, token: this.#token });
    try {
      // On a page that is older than the server the first is gone: then the one that is there now takes its place.
      return (this.#attached = await attachOne().catch(attachOne));
    } catch (error) {
      this.#attaching = null;
      throw error;
    }
  }

  /** A listener that throws keeps nobody from hearing. */
  #emit({ type, ...event }: ParleyEvent): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener(event as never);
      } catch (error) {
        reportError(error);
      }
    }
  }
}

const asCallback = (token: unknown): TokenCallback | null =>
  typeof token === 'function' ? async () => (await token()) || null : typeof token === 'string' && token ? () => Promise.resolve(token) : null;

const whenIdle = (act: () => void) => ('requestIdleCallback' in globalThis ? requestIdleCallback(act, { timeout: 3000 }) : setTimeout(act, 500));

/** Constructed, because a strict policy of the page allows no style elements. */
export function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

function rootOf(options: WindowOptions): HTMLElement {
  const root = document.createElement('div');
  root.className = 'root';
  root.lang = options.language;
  root.dir = directionOf(options.language);
  root.dataset.theme = options.theme;
  root.dataset.side = options.side;
  const [x, y] = options.offset;
  for (const [name, value] of [['--x', `${x}px`], ['--y', `${y}px`], ...accentProperties(options.accent)] as const) root.style.setProperty(name, value);
  return root;
}
