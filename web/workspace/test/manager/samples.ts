import type { Conversation } from '@parley/client';
import type { AgentAtWork, FeedSnapshot, Figures, QueueItem, SkillQueue, Today } from '@parley/client/admin';

export const figures = (more: Partial<Figures> = {}): Figures => ({
  opened: 0, closed: 0, abandoned: 0, assigned: 0, assignedInTime: 0, waitAverageSeconds: null, waitLongestSeconds: 0, answered: 0, answeredInTime: 0,
  answerAverageSeconds: null, answerLongestSeconds: 0, ringsOffered: 0, ringsAccepted: 0, ringsRejected: 0, ringsExpired: 0, ...more,
});

export const today = (start: number, hours: readonly Figures[]): Today => ({
  start, end: start + 86_400_000, complete: true, total: figures(), hours: hours.map((one, index) => ({ start: start + index * 3_600_000, figures: one })), bySkill: [], byAgent: [],
});

export const agent = (pid: string, more: Partial<AgentAtWork> = {}): AgentAtWork => ({
  pid, userId: `demo.${pid}`, login: pid, nickname: pid, role: 'agent', state: 'ONLINE', description: '', connected: true, takes: 'all', usedSlots: 0, maxSlots: 3, rings: 0, skills: [], ...more,
});

export const item = (conversationId: string, more: Partial<QueueItem> = {}): QueueItem => ({
  conversationId, consumerId: `c-${conversationId}`, skillId: null, since: 0, waitedSeconds: 0, due: 0, overdue: false, class: 'normal', position: 1, estimatedWaitSeconds: null, handedTo: null, ringing: [], ...more,
});

export const skillQueue = (skillId: string | null, more: Partial<SkillQueue> = {}): SkillQueue => ({
  skillId, name: skillId ?? 'no skill', waiting: 0, overdue: 0, longestWaitSeconds: 0, agentsOnline: 0, freeSlots: 0, ...more,
});

export const snapshot = (at: number, bySkill: readonly SkillQueue[], first: readonly QueueItem[], agents: readonly AgentAtWork[]): FeedSnapshot => ({ at, queue: { bySkill, first }, agents });

export const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id, open: true, mainOpen: true, closeReason: null, skillId: null, consumerId: `c-${id}`, assignedAgentId: null, participants: [], dialogs: [], startedAt: 0, endedAt: null, updatedAt: 0, dueAt: null,
  ttr: null, manualDueAt: null, delay: null, csat: null, firstConversation: false, note: null, topic: null, context: {}, campaign: null, last: null, unread: 0, ...more,
});
