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

export const showConversation = (id: string | null) => navigate(pathOf(id));
