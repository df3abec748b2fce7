import { matchPath, navigate } from '@parley/ui';

export type Place =
  | { readonly view: 'conversations'; readonly conversationId: string | null }
  | { readonly view: 'manager' }
  | { readonly view: 'settings' };

export function placeOf(path: string): Place {
  if (matchPath('/workspace/manager/*', path)) return { view: 'manager' };
  if (matchPath('/workspace/settings/*', path)) return { view: 'settings' };
  return { view: 'conversations', conversationId: matchPath('/workspace/conversations/:id', path)?.id ?? null };
}

export const pathOf = (conversationId: string | null) =>
  conversationId === null ? '/workspace/conversations' : `/workspace/conversations/${encodeURIComponent(conversationId)}`;

let keepsFocus = false;

/** Shows it and lets the agent write at once; `keep` leaves the keyboard where it is, for whoever leafs through the list. */
export function showConversation(id: string | null, focus: 'composer' | 'keep' = 'composer'): void {
  keepsFocus = focus === 'keep';
  navigate(pathOf(id));
}

/** Whether the composer of the conversation now shown takes the focus; asked once. */
export function wantsFocus(): boolean {
  const wants = !keepsFocus;
  keepsFocus = false;
  return wants;
}
