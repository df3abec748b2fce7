/** Whether what is on the screen is true. */
export type ConnectionState =
  /** The first connection, or one after a loss, is being made. `since`: epoch ms when the last one was lost; null at the first. */
  | { readonly kind: 'connecting'; readonly since: number | null }
  /** Connected, and every list and dialog that is followed has caught up. */
  | { readonly kind: 'online' }
  /** Not connected; the next try is at `retryAt` (epoch ms). Reading what is here and writing to the outbox still work. */
  | { readonly kind: 'offline'; readonly since: number; readonly retryAt: number }
  /** Given up: `signed-out` by us, `identity` the server refuses who we are and it cannot be renewed, `stopped` by `stop()`. */
  | { readonly kind: 'ended'; readonly reason: 'signed-out' | 'identity' | 'stopped' };
