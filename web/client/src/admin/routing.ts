import type { Availability } from '../model/ring';
import type { AgentRole, SkillOfUser } from './user';

/** An agent by his public id, and how he is called. */
export interface AgentRef {
  readonly pid: string;
  readonly nickname: string;
}

/** A conversation that waits for an agent. */
export interface QueueItem {
  readonly conversationId: string;
  readonly consumerId: string;
  readonly skillId: string | null;
  /** Epoch ms. */
  readonly since: number;
  readonly waitedSeconds: number;
  /** Epoch ms. */
  readonly due: number;
  readonly overdue: boolean;
  readonly class: 'overdue' | 'urgent' | 'prioritized' | 'normal';
  /** 1 for the next one of its skill. */
  readonly position: number;
  readonly estimatedWaitSeconds: number | null;
  /** The agent it waits for alone; null for anybody. */
  readonly handedTo: AgentRef | null;
  readonly ringing: readonly AgentRef[];
}

export interface QueuePage {
  readonly at: number;
  readonly waiting: number;
  readonly overdue: number;
  /** In the order in which they find an agent. */
  readonly items: readonly QueueItem[];
}

/** What waits for a skill, and who is there for it. */
export interface SkillQueue {
  /** Null for conversations of no skill. */
  readonly skillId: string | null;
  readonly name: string;
  readonly waiting: number;
  readonly overdue: number;
  readonly longestWaitSeconds: number;
  readonly agentsOnline: number;
  readonly freeSlots: number;
}

/** What an agent says of himself and has on his hands. */
export interface AgentAtWork {
  readonly pid: string;
  readonly userId: string;
  readonly login: string;
  readonly nickname: string;
  readonly role: AgentRole;
  readonly state: Availability;
  readonly description: string;
  readonly connected: boolean;
  readonly takes: 'none' | 'transfers' | 'all';
  readonly usedSlots: number;
  readonly maxSlots: number;
  readonly rings: number;
  readonly skills: readonly SkillOfUser[];
  /** Epoch ms of the last change of his state; missing or null when that is not known. */
  readonly stateSince?: number | null;
}

export interface AgentsPage {
  readonly at: number;
  readonly agents: readonly AgentAtWork[];
}

/** Queue and agents at one moment. */
export interface FeedSnapshot {
  /** Epoch ms. */
  readonly at: number;
  readonly queue: { readonly bySkill: readonly SkillQueue[]; readonly first: readonly QueueItem[] };
  readonly agents: readonly AgentAtWork[];
}

/** Why a conversation is where it is. */
export interface Explanation {
  readonly conversationId: string;
  readonly consumerId: string;
  readonly state: 'waiting' | 'ringing' | 'assigned' | 'closed';
  readonly skillId: string | null;
  readonly skillName: string | null;
  readonly at: number;
  readonly agent: AgentRef | null;
  readonly place: QueueItem | null;
  readonly rings: readonly {
    readonly ringId: string;
    readonly agent: AgentRef;
    readonly state: 'waiting' | 'accepted' | 'rejected' | 'cancelled' | 'expired' | 'autoAccept';
    readonly offeredTs: number;
    readonly endedTs: number | null;
    readonly why: string | null;
  }[];
  readonly candidates: readonly { readonly agent: AgentRef; readonly verdict: string }[];
  /** The same in a few lines for people. */
  readonly text: string;
}
