import type { Schema } from '../schema/schema';
import type { Shape } from '../schema/shape';
import type { JsonObject } from '../json/node';
import type { HttpCall } from './http';

/** The consumer's generation of the protocol, and the one that agents and bots speak. */
export type Dialect = 'v3' | 'v2';

export type Direction = 'request' | 'response' | 'notification';

export const categories = ['Connection', 'Conversations', 'Messages', 'Routing', 'Profiles', 'Files and forms', 'Notifications', 'Answers', 'Over HTTP'] as const;
export type Category = (typeof categories)[number];

/** A frame of one direction as one dialect spells it. */
export interface Form {
  readonly type: string;
  readonly dialect: Dialect;
  readonly file: string;
  readonly schema: Schema;
  readonly shape: Shape;
  readonly examples: readonly JsonObject[];
}

/** One message of the protocol, with its forms in both dialects. */
export interface Message {
  /** Its type name in the third generation, or the only one it has. */
  readonly id: string;
  readonly direction: Direction;
  readonly category: Category;
  readonly title: string;
  readonly description: string;
  readonly forms: Readonly<Partial<Record<Dialect, Form>>>;
  /** Every name it is known by on the wire. */
  readonly names: readonly string[];
  /** Who may send or get it; null where it is not said. */
  readonly who: 'all' | 'agents' | null;
  /** What a good answer is called in each dialect; requests only. */
  readonly answers: Readonly<Partial<Record<Dialect, string>>>;
  /** Of a request that does not go over a socket. */
  readonly http?: HttpCall;
}
