import { signal, type ReadonlySignal } from '@preact/signals';

type Permission = NotificationPermission | 'unsupported';

const permission = signal<Permission>(typeof Notification === 'undefined' ? 'unsupported' : Notification.permission);

/** The system's notifications, for what happens while the tab is hidden. */
export const notifications = {
  permission: permission as ReadonlySignal<Permission>,

  async ask(): Promise<void> {
    if (permission.peek() !== 'unsupported') permission.value = await Notification.requestPermission();
  },

  /** Returns how to take it away. */
  show(title: string, body: string, tag: string): () => void {
    if (permission.peek() !== 'granted') return () => undefined;
    try {
      const shown = new Notification(title, { body, tag, requireInteraction: true });
      shown.onclick = () => {
        window.focus();
        shown.close();
      };
      return () => shown.close();
    } catch {
      // Some mobile browsers have the class and refuse to make one.
      return () => undefined;
    }
  },
};
