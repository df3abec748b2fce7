import type { AgentClient, Conversation } from '@parley/client';

/**
 * What only who takes part may do, done by a manager who does not: in, done and out again, in one request, of which all happens
 * or nothing.
 */
function visiting(client: AgentClient, conversation: Conversation, fields: readonly Readonly<Record<string, unknown>>[], stays = false): Promise<void> {
  const own = { field: 'ParticipantsChange', role: 'MANAGER', userId: client.agentId.value };
  return client.update(conversation.id, [{ ...own, type: 'ADD' }, ...fields, ...(stays ? [] : [{ ...own, type: 'REMOVE' }])]);
}

const takesPart = (client: AgentClient, conversation: Conversation) => conversation.participants.some((one) => one.id === client.id.value && one.state === 'ACTIVE' && one.role !== 'READER');

export function handToSkill(client: AgentClient, conversation: Conversation, skillId: string): Promise<void> {
  if (takesPart(client, conversation)) return client.transferToSkill(conversation.id, skillId);
  const { assignedAgentId } = conversation;
  return visiting(client, conversation, [
    ...(assignedAgentId === null ? [] : [{ field: 'ParticipantsChange', type: 'REMOVE', role: 'ASSIGNED_AGENT', userId: assignedAgentId }]),
    { field: 'Skill', type: 'UPDATE', skill: skillId },
  ]);
}

export function closeAsManager(client: AgentClient, conversation: Conversation): Promise<void> {
  if (takesPart(client, conversation)) return client.closeConversation(conversation.id);
  const dialog = { dialogId: conversation.id, state: 'CLOSE', closedCause: 'Closed by agent' };
  return visiting(client, conversation, [{ field: 'DialogChange', type: 'UPDATE', dialog }], true);
}
