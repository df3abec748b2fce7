/** What a page hears of: `Parley.on('message', event => …)`. */
export interface ParleyEvents {
  opened: Record<never, never>;
  closed: Record<never, never>;
  /** Somebody wrote: the consumer here, or the brand's side. */
  message: { readonly from: 'agent' | 'consumer'; readonly text: string; readonly at: number; readonly conversationId: string | null };
  /** The number of unread messages changed. */
  unread: { readonly count: number };
}

export type ParleyEvent = { [Name in keyof ParleyEvents]: { readonly type: Name } & ParleyEvents[Name] }[keyof ParleyEvents];

/** Asks the page for the brand's token; null for a visitor who is not signed in. */
export type TokenCallback = () => Promise<string | null>;

/** `window.Parley`, what a page can do with its window. */
export interface Parley {
  /** Opens the window. `text` is put into the field for the consumer to send, change or delete. */
  open(options?: { readonly text?: string }): void;
  close(): void;
  readonly isOpen: boolean;
  readonly unread: number;
  /** Calls back at every such event until the returned function is called. */
  on<Name extends keyof ParleyEvents>(name: Name, listener: (event: ParleyEvents[Name]) => void): () => void;
  /** Takes a token of the brand's identity provider, or a function that gets one whenever one is needed. */
  signIn(token: string | (() => string | null | Promise<string | null>)): void;
  /** Leaves the signed-in consumer's conversations; what is written next is anonymous. */
  signOut(): void;
  /** Forgets the consumer in this browser, anonymous or not. */
  forget(): void;
  /** Takes the window off the page and leaves the connection. Nothing is forgotten. */
  remove(): void;
}
