import type { AgentAtWork } from '@parley/client/admin';
import type { Conversation } from '@parley/client';

export interface AgentRow {
  readonly agent: AgentAtWork;
  readonly conversations: readonly Conversation[];
  /** 0 to 1, more when he has more than his slots. */
  readonly load: number;
  readonly freeSlots: number;
}

const rank: Readonly<Record<AgentAtWork['state'], number>> = { ONLINE: 0, OCCUPIED: 1, BACK_SOON: 2, AWAY: 3, OFFLINE: 4 };

export const stateNames: Readonly<Record<AgentAtWork['state'], string>> = { ONLINE: 'Online', OCCUPIED: 'Occupied', BACK_SOON: 'Back soon', AWAY: 'Away', OFFLINE: 'Offline' };

/** Who is there first, the fullest of them on top; each with the conversations he is in charge of. */
export function rowsOf(agents: readonly AgentAtWork[], open: readonly Conversation[]): AgentRow[] {
  const byAgent = new Map<string, Conversation[]>();
  for (const conversation of open) {
    if (!conversation.mainOpen || conversation.assignedAgentId === null) continue;
    const list = byAgent.get(conversation.assignedAgentId);
    if (list === undefined) byAgent.set(conversation.assignedAgentId, [conversation]);
    else list.push(conversation);
  }
  return agents
    .map((agent) => ({
      agent,
      conversations: byAgent.get(agent.pid) ?? [],
      load: agent.maxSlots === 0 ? (agent.usedSlots > 0 ? 1 : 0) : agent.usedSlots / agent.maxSlots,
      freeSlots: Math.max(0, Math.floor(agent.maxSlots - agent.usedSlots)),
    }))
    .sort((a, b) => rank[a.agent.state] - rank[b.agent.state] || b.load - a.load || a.agent.nickname.localeCompare(b.agent.nickname) || (a.agent.pid < b.agent.pid ? -1 : 1));
}

/** To whom a conversation of a skill can be handed: those who have it first, then the rest; each with what speaks against him. */
export interface Receiver {
  readonly row: AgentRow;
  readonly hasSkill: boolean;
  /** Why it cannot be handed to him now, else null. */
  readonly obstacle: string | null;
}

export function receiversOf(rows: readonly AgentRow[], conversation: Conversation): Receiver[] {
  const { skillId, assignedAgentId } = conversation;
  return rows
    .map((row) => ({
      row,
      hasSkill: skillId === null || row.agent.skills.length === 0 || row.agent.skills.some((skill) => skill.id === skillId),
      obstacle:
        row.agent.pid === assignedAgentId ? 'Has it now'
        : row.agent.takes === 'none' ? (row.agent.connected ? stateNames[row.agent.state] : 'Not connected')
        : row.freeSlots === 0 ? 'No free slot'
        : null,
    }))
    .sort((a, b) => Number(a.obstacle !== null) - Number(b.obstacle !== null) || Number(b.hasSkill) - Number(a.hasSkill) || b.row.freeSlots - a.row.freeSlots);
}
