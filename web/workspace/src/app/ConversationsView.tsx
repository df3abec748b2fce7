import { useEffect } from 'preact/hooks';
import { Button, EmptyState, KeyHints, Skeleton, useHotkeys } from '@parley/ui';
import { ConversationView } from '../conversation/ConversationView';
import { ListPane } from '../inbox/ListPane';
import { showConversation } from './routes';
import { useOneConversation } from './useOneConversation';
import { useWorkspace } from './Workspace';

export function ConversationsView({ conversationId }: { readonly conversationId: string | null }) {
  const { client, inbox } = useWorkspace();
  const conversation = useOneConversation(conversationId);
  useHotkeys([{ keys: 'Escape', label: 'Back to the list', group: 'Conversations', enabled: conversationId !== null, run: () => showConversation(null) }]);
  useEffect(() => {
    if (conversationId !== null && matchMedia('(max-width: 759px)').matches) document.getElementById('conversation-name')?.focus();
  }, [conversationId]);
  return (
    <div class={`conversations ${conversationId === null ? 'shows-list' : 'shows-conversation'}`}>
      <ListPane selectedId={conversationId} />
      <div class="conversation-place">
        {conversationId === null ? (
          <EmptyState
            icon="conversations"
            title={client.rings.value.length > 0 ? 'Somebody is waiting' : (inbox.rows.value?.length ?? 0) > 0 ? 'Choose a conversation' : 'All quiet'}
          >
            <span class="empty-keys">
              <KeyHints keys="j" /> next conversation, <KeyHints keys="a" /> accept a ring, <KeyHints keys="mod+k" /> anything else, <KeyHints keys="?" /> all keys
            </span>
          </EmptyState>
        ) : conversation === 'loading' ? (
          <Skeleton label="Loading the conversation" rows={8} />
        ) : conversation === 'none' ? (
          <EmptyState icon="conversations" title="This conversation is not yours any more" action={<Button onClick={() => showConversation(null)}>Back to the list</Button>}>
            It may have been handed on, or its address is not right.
          </EmptyState>
        ) : (
          <ConversationView key={conversation.id} conversation={conversation} />
        )}
      </div>
    </div>
  );
}
