import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Banner, Button, Dialog } from '@parley/ui';
import type { Conversation } from '@parley/client';
import { closeOverlay, detailsShown } from '../app/detailsPane';
import { useWorkspace } from '../app/Workspace';
import { Composer } from '../composer/Composer';
import { DetailsPane } from '../details/DetailsPane';
import { TransferDialog } from '../transfer/TransferDialog';
import { ConversationHead } from './ConversationHead';
import { Messages } from './Messages';
import { useConversationActions } from './useConversationActions';

/** A conversation with everything around it. Whoever does not take part in it reads. Give it `key={conversation.id}`. */
export function ConversationView({ conversation }: { readonly conversation: Conversation }) {
  const { client, directory } = useWorkspace();
  const round = useSignal(0);
  const dialog = useMemo(() => client.dialog(conversation.id), [conversation.id, round.value]);
  useEffect(() => () => dialog.close(), [dialog]);
  useEffect(() => closeOverlay, []);
  const actions = useConversationActions(conversation);
  const name = directory.consumerName(conversation.consumerId);
  const suggested = conversation.participants.find((participant) => participant.state === 'SUGGESTED');
  return (
    <div class={`conversation ${detailsShown.value ? 'has-details' : ''}`}>
      <section class="conversation-main" aria-labelledby="conversation-name">
        <ConversationHead conversation={conversation} dialog={dialog} actions={actions} />
        {conversation.mainOpen && conversation.assignedAgentId === null && (
          <Banner>
            {suggested ? `Waits for ${directory.agentName(suggested.id)} to accept it.` : 'Nobody has this conversation now; it waits in the queue.'}
          </Banner>
        )}
        <Messages dialog={dialog} consumerId={conversation.consumerId} readOnly={!actions.takesPart} onReopen={() => round.value++} />
        {!conversation.mainOpen ? (
          <p class="composer-closed">
            This conversation is closed. When {name} writes again, a new one begins.
            {conversation.csat?.rate != null && ` Rated ${conversation.csat.rate} of 5.`}
          </p>
        ) : actions.takesPart ? (
          <Composer conversation={conversation} dialog={dialog} />
        ) : (
          <p class="composer-closed">You are reading. {actions.canJoin ? 'Join to write to colleagues and to the consumer.' : ''}</p>
        )}
      </section>
      {detailsShown.value && <DetailsPane conversation={conversation} dialog={dialog} />}
      {actions.asking === 'transfer' && <TransferDialog conversation={conversation} onClose={actions.dismiss} onBackToQueue={actions.backToQueue} />}
      {actions.asking === 'close' && (
        <Dialog
          title={`Close the conversation with ${name}?`}
          size="small"
          onClose={actions.dismiss}
          footer={
            <>
              <Button onClick={actions.dismiss}>Keep it open</Button>
              <Button kind="primary" data-autofocus onClick={actions.close}>
                Close conversation
              </Button>
            </>
          }
        >
          <p>It ends for both sides and cannot be opened again. When {name} writes, a new conversation begins.</p>
        </Dialog>
      )}
    </div>
  );
}
