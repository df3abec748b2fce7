import type { Role } from './conversation';

/** What happened to something this user wrote, or `received` for what others wrote. */
export type EntryStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'received';

export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly quickReplies: QuickReplies | null }
  | { readonly kind: 'file'; readonly relativePath: string; readonly fileType: string; readonly caption: string; readonly preview: string | null }
  | { readonly kind: 'card'; readonly card: CardElement; readonly quickReplies: QuickReplies | null }
  /** A secure form, or anything this SDK does not know: show that there is something, by `type`. */
  | { readonly kind: 'other'; readonly type: string };

export interface QuickReplies {
  readonly itemsPerRow: number;
  readonly replies: readonly QuickReply[];
}

export interface QuickReply {
  readonly title: string;
  readonly tooltip: string | null;
  readonly click: Click | null;
}

export interface Click {
  readonly actions: readonly ClickAction[];
  readonly metadata: readonly unknown[];
}

export type ClickAction =
  | { readonly type: 'publishText'; readonly text: string }
  /** Only `http:`, `https:`, `mailto:` and `tel:` addresses come through; others become `unsupported`. */
  | { readonly type: 'link'; readonly uri: string; readonly name: string | null }
  | { readonly type: 'navigate'; readonly latitude: number; readonly longitude: number; readonly name: string | null }
  | { readonly type: 'unsupported' };

/** A rich card as a tree that is safe to render: unknown elements are left out, addresses are checked, texts are texts. */
export type CardElement =
  | { readonly type: 'vertical' | 'horizontal' | 'carousel'; readonly elements: readonly CardElement[]; readonly style: CardStyle }
  | { readonly type: 'text'; readonly text: string; readonly click: Click | null; readonly style: CardStyle }
  | { readonly type: 'image'; readonly url: string; readonly caption: string | null; readonly tooltip: string | null; readonly click: Click | null; readonly style: CardStyle }
  | { readonly type: 'button'; readonly title: string; readonly tooltip: string | null; readonly click: Click | null; readonly style: CardStyle }
  | { readonly type: 'map'; readonly latitude: number; readonly longitude: number; readonly tooltip: string | null; readonly click: Click | null; readonly style: CardStyle }
  | { readonly type: 'linkPreview'; readonly url: string; readonly title: string; readonly click: Click | null; readonly style: CardStyle };

export interface CardStyle {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly size: 'small' | 'medium' | 'large' | null;
  /** `#rgb` or `#rrggbb`, else null. */
  readonly color: string | null;
  readonly rtl: boolean;
}

/** One message of a dialog. Immutable; a changed status is a new object with the same key. */
export interface Entry {
  /** The same from the first moment on the screen to the end: the event id where there is one, else the number. */
  readonly key: string;
  /** Null until the server has stored it. */
  readonly sequence: number | null;
  /** Epoch ms by the server's clock; of an unsent one by this machine's. */
  readonly at: number;
  readonly from: { readonly id: string; readonly role: Role };
  readonly mine: boolean;
  readonly content: Content;
  /** Seen by agents and managers alone. */
  readonly isPrivate: boolean;
  /** Metadata of the message; `AutoMessage` among its types marks what the server wrote itself. */
  readonly metadata: readonly { readonly type: string; readonly [member: string]: unknown }[];
  readonly status: EntryStatus;
  /** Why `failed`, in words for people, and the server's code (0: it could not be sent at all). */
  readonly error: { readonly code: number; readonly text: string } | null;
  /** Share of an upload that is done, 0 to 1; null when there is none. */
  readonly progress: number | null;
}
