import { useSignal } from '@preact/signals';
import { toast, useHotkeys } from '@parley/ui';
import type { Conversation } from '@parley/client';
import { attempt } from '../app/attempt';
import { showConversation } from '../app/routes';
import { toggleDetails } from '../app/detailsPane';
import { useWorkspace } from '../app/Workspace';

export interface ConversationActions {
  /** Whether this agent is in charge. */
  readonly mine: boolean;
  readonly takesPart: boolean;
  readonly canJoin: boolean;
  readonly canLeave: boolean;
  readonly canTakeOver: boolean;
  readonly closing: boolean;
  readonly asking: 'transfer' | 'close' | null;
  dismiss(): void;
  transfer(): void;
  backToQueue(): void;
  /** Without asking. */
  close(): void;
  join(): void;
  leave(): void;
  takeOver(): void;
}

/** What can be done with the conversation on the screen, with its keys. */
export function useConversationActions(conversation: Conversation): ConversationActions {
  const { client, directory, inbox, ready } = useWorkspace();
  const asking = useSignal<'transfer' | 'close' | null>(null);
  const closing = useSignal(false);
  const me = client.id.value;
  const own = conversation.participants.filter((participant) => participant.id === me && participant.state === 'ACTIVE');
  const mine = conversation.assignedAgentId !== null && conversation.assignedAgentId === me;
  const takesPart = mine || own.some((participant) => participant.role !== 'READER');
  const leads = client.role.value === 'manager' || client.role.value === 'admin';
  const open = conversation.mainOpen;
  const name = directory.consumerName(conversation.consumerId);

  /** What comes next in the list takes the place of one that is gone. */
  const goOn = () => {
    const next = inbox.neighbour(conversation.id, 1) ?? inbox.neighbour(conversation.id, -1);
    showConversation(next === undefined || next.id === conversation.id || innerWidth < 760 ? null : next.id);
  };
  const backToQueue = async () => {
    if (await attempt('Giving it back', () => client.backToQueue(conversation.id))) {
      toast(`The conversation with ${name} is back in the queue`);
      goOn();
    }
  };
  const close = async () => {
    asking.value = null;
    closing.value = true;
    if (await attempt('Closing', () => client.closeConversation(conversation.id))) toast(`Conversation with ${name} closed`, { tone: 'positive' });
    closing.value = false;
  };
  const can = ready.value && open;
  useHotkeys([
    { keys: 't|alt+t', label: 'Transfer', group: 'This conversation', enabled: can && mine, run: () => (asking.value = 'transfer') },
    { keys: 'q|alt+q', label: 'Back to queue', group: 'This conversation', enabled: can && mine, run: () => void backToQueue() },
    { keys: 'e|alt+e', label: 'Close conversation', group: 'This conversation', enabled: can && takesPart, run: () => (asking.value = 'close') },
    { keys: 'i|alt+i', label: 'About the consumer', group: 'This conversation', run: () => toggleDetails() },
  ]);
  return {
    mine,
    takesPart,
    canJoin: leads && open && !takesPart,
    canLeave: open && takesPart && !mine,
    canTakeOver: leads && open && !mine,
    closing: closing.value,
    asking: asking.value,
    dismiss: () => (asking.value = null),
    transfer: () => (asking.value = 'transfer'),
    backToQueue: () => void backToQueue(),
    close: () => void close(),
    join: () => void attempt('Joining', () => client.join(conversation.id)),
    leave: () => void attempt('Leaving', () => client.leave(conversation.id)),
    takeOver: () => void attempt('Taking over', () => client.takeOver(conversation.id)),
  };
}
