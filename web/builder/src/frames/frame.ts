import type { Dialect } from '../catalog/message';

export type FrameKind = 'request' | 'response' | 'error' | 'notification' | 'malformed' | 'note';

/** One frame of a connection, or a note about it (opened, closed). */
export interface Frame {
  /** Counts all frames of the page. */
  readonly number: number;
  readonly connection: string;
  readonly dialect: Dialect;
  readonly isSent: boolean;
  readonly kind: FrameKind;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Secrets are replaced by their names. */
  readonly text: string;
  readonly bytes: number;
  readonly type: string | null;
  readonly requestId: string | null;
  readonly code: number | null;
  /** Of an answer: the frame that asked, and how long it took, in milliseconds. */
  readonly asked: number | null;
  readonly latency: number | null;
  readonly isKeepAlive: boolean;
}
