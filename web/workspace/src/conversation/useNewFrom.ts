import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Dialog } from '@parley/client';
import { firstUnread } from './rows';

/**
 * Key of the first message that came while nobody looked: before the dialog was opened, or while the page was hidden. It stays where it
 * is while the reader is here, and marks as read what is on the screen.
 */
export function useNewFrom(dialog: Dialog, readOnly: boolean): string | null {
  const from = useSignal<string | null>(null);
  const looked = useRef(false);
  const entries = dialog.entries.value;
  if (entries !== null && !looked.current) {
    looked.current = true;
    if (!readOnly) from.value = firstUnread(entries, dialog.unread.peek());
  }
  useEffect(() => {
    if (readOnly) return;
    const change = () => {
      if (document.hidden) return;
      const list = dialog.entries.peek();
      if (list !== null && dialog.unread.peek() > 0) from.value = firstUnread(list, dialog.unread.peek());
      dialog.markRead();
    };
    document.addEventListener('visibilitychange', change);
    return () => document.removeEventListener('visibilitychange', change);
  }, [dialog, readOnly]);
  useEffect(() => {
    if (!readOnly && entries !== null && !document.hidden) dialog.markRead();
  }, [dialog, entries, readOnly]);
  return from.value;
}
