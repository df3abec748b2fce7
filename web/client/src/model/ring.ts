/** An offer of a conversation to this agent. */
export interface Ring {
  readonly id: string;
  readonly conversationId: string;
  readonly consumerId: string;
  readonly skillId: string | null;
  readonly state: 'WAITING' | 'ACCEPTED' | 'REJECTED' | 'CANCELLED' | 'EXPIRED' | 'AUTO_ACCEPT';
  /** Epoch ms by the server's clock; see {@link Client.now}. */
  readonly expiresAt: number;
  /** When this client first heard of it, by the server's clock. */
  readonly since: number;
}

export type Availability = 'ONLINE' | 'OCCUPIED' | 'BACK_SOON' | 'AWAY' | 'OFFLINE';

export interface AgentState {
  readonly availability: Availability;
  readonly reasonId: string | null;
  readonly description: string;
}
