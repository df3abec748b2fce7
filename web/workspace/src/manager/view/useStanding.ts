import type { Conversation } from '@parley/client';
import { useFloor } from '../context';

/** What the manager is in a conversation. */
export function useStanding(conversation: Conversation): { readonly mine: boolean; readonly takesPart: boolean } {
  const me = useFloor().client.id.value;
  const mine = me !== null && conversation.assignedAgentId === me;
  return { mine, takesPart: mine || conversation.participants.some((one) => one.id === me && one.state === 'ACTIVE' && one.role !== 'READER') };
}
