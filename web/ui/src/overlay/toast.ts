import { signal, type ReadonlySignal } from '@preact/signals';

export interface ToastOptions {
  /** Offers "Undo" while it is shown. */
  readonly undo?: () => void;
  readonly tone?: 'plain' | 'positive' | 'danger';
  /** Ms; those with `undo` and errors stay longer. */
  readonly stay?: number;
}

export interface Toast extends ToastOptions {
  readonly id: number;
  readonly text: string;
}

const all = signal<readonly Toast[]>([]);
let next = 1;

export const toasts: ReadonlySignal<readonly Toast[]> = all;

export function dismissToast(id: number): void {
  all.value = all.peek().filter((one) => one.id !== id);
}

/** Says something short; needs {@link Toasts} on the page. */
export function toast(text: string, options: ToastOptions = {}): number {
  const id = next++;
  all.value = [...all.peek().slice(-2), { ...options, id, text }];
  setTimeout(() => dismissToast(id), options.stay ?? (options.undo || options.tone === 'danger' ? 8000 : 4000));
  return id;
}
