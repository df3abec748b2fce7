import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Conversation } from '@parley/client';
import { useWorkspace } from './Workspace';

/**
 * The conversation of an address: one of this agent's, for managers any. The one that just went elsewhere is `none`; one that is
 * closed stays readable.
 */
export function useOneConversation(id: string | null): Conversation | 'loading' | 'none' {
  const { client, inbox } = useWorkspace();
  const found = id === null ? undefined : inbox.get(id);
  const role = client.role.value;
  const leads = role === 'manager' || role === 'admin';
  const missing = id !== null && found === undefined && inbox.rows.value !== null;
  useEffect(() => {
    if (missing) inbox.followClosed();
  }, [missing]);
  const asks = missing && leads;
  const all = useMemo(() => (asks ? client.list({ open: true }) : null), [asks]);
  useEffect(() => () => all?.close(), [all]);
  const last = useRef<Conversation | null>(null);
  if (last.current?.id !== id) last.current = null;
  if (id === null) return 'none';
  void all?.conversations.value;
  const any = found ?? all?.get(id);
  if (any !== undefined) {
    last.current = any;
    return any;
  }
  if (role === null || inbox.rows.value === null || !inbox.known || (all !== null && all.conversations.value === null)) return last.current ?? 'loading';
  return 'none';
}
