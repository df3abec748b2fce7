import type { Keep } from './loader/keep';
import type { Launcher } from './loader/Launcher';
import type { WindowOptions } from './loader/options';
import type { ParleyEvent, TokenCallback } from './parley';

/** What the loader prepared for the window, which may be of a later build: what is here may grow, and change in no other way. */
export interface Stage {
  readonly options: WindowOptions;
  readonly shadow: ShadowRoot;
  readonly root: HTMLElement;
  readonly launcher: Launcher;
  /** For all tabs of the site. */
  readonly shared: Keep;
  /** For this tab alone. */
  readonly tab: Keep;
  readonly token: TokenCallback | null;
  emit(event: ParleyEvent): void;
}

/** The window, loaded. */
export interface Attached {
  open(text?: string, takesFocus?: boolean): void;
  close(): void;
  readonly isOpen: boolean;
  readonly unread: number;
  signIn(token: TokenCallback | null): void;
  forget(): void;
  remove(): void;
}

/** Names in storage: somebody has written here before; the window is open in this tab. */
export const began = 'began';
export const isOpen = 'open';
