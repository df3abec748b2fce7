export type Role = 'CONSUMER' | 'ASSIGNED_AGENT' | 'AGENT' | 'MANAGER' | 'READER' | 'CONTROLLER';

export interface Participant {
  /** The public id: a consumer's `sub`, an agent's `userPid`. The same id that stands in {@link Entry.from}. */
  readonly id: string;
  readonly role: Role;
  /** `SUGGESTED` while a conversation handed to this agent waits for him. */
  readonly state: 'ACTIVE' | 'SUGGESTED';
}

export interface DialogRecord {
  readonly id: string;
  readonly type: 'MAIN' | 'POST_SURVEY' | 'AGENTS' | 'OTHER';
  readonly channel: string;
  readonly open: boolean;
  readonly participants: readonly Participant[];
  readonly createdAt: number;
  readonly endedAt: number | null;
}

/** A conversation as a list shows it; both generations of the protocol are read into this one shape. Immutable. */
export interface Conversation {
  readonly id: string;
  /** False when the whole conversation has ended (stage CLOSE). */
  readonly open: boolean;
  /** False when its main dialog has ended; a survey may still be open. */
  readonly mainOpen: boolean;
  readonly closeReason: 'AGENT' | 'CONSUMER' | 'SYSTEM' | 'TIMEOUT' | null;
  /** Null for none (`-1` on the wire). */
  readonly skillId: string | null;
  readonly consumerId: string;
  /** Public id of the agent in charge, or null while it waits. */
  readonly assignedAgentId: string | null;
  /** Of any dialog, one entry a person and role. */
  readonly participants: readonly Participant[];
  /** MAIN first. */
  readonly dialogs: readonly DialogRecord[];
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly updatedAt: number;
  /** When an answer is due, epoch ms; null when none is owed. */
  readonly dueAt: number | null;
  readonly ttr: { readonly type: 'NORMAL' | 'URGENT' | 'PRIORITIZED' | 'CUSTOM'; readonly seconds: number } | null;
  readonly manualDueAt: number | null;
  /** Nobody is there until `until`. */
  readonly delay: { readonly type: string; readonly until: number } | null;
  readonly csat: { readonly rate: number | null; readonly resolved: boolean | null; readonly status: string } | null;
  readonly firstConversation: boolean;
  readonly note: string | null;
  readonly topic: string | null;
  readonly context: Readonly<Record<string, unknown>>;
  readonly campaign: Readonly<Record<string, unknown>> | null;
  /** The newest content that this user may see (agents only). */
  readonly last: { readonly text: string; readonly at: number; readonly fromId: string; readonly role: Role; readonly sequence: number } | null;
  /** What this user has not read (agents only). */
  readonly unread: number;
}
