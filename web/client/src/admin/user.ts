import type { Availability } from '../model/ring';

export type AgentRole = 'agent' | 'manager' | 'admin';
export type UserType = 'system' | 'human' | 'bot';

export interface SkillOfUser {
  readonly id: string;
  readonly name: string;
  /** The lower number is given its conversations first. */
  readonly priority: number;
}

/** A user of the account: an agent, a manager, an admin, a bot. */
export interface User {
  /** His number. */
  readonly id: string;
  /** His public id. */
  readonly pid: string;
  /** `account.number`. */
  readonly userId: string;
  readonly login: string;
  readonly nickname: string;
  readonly fullName: string;
  readonly role: AgentRole;
  readonly maxSlots: number;
  /** None means that he takes conversations of every skill. */
  readonly skills: readonly SkillOfUser[];
  readonly enabled: boolean;
  /** Whether a program can log in for him. */
  readonly hasKeys: boolean;
  readonly userType: UserType;
  readonly email: string | null;
  readonly pictureUrl: string | null;
  readonly backgroundUrl: string | null;
  readonly employeeId: string | null;
  readonly mobileNumber: string | null;
  readonly description: string | null;
  /** Epoch ms. */
  readonly addedTs: number | null;
}

/** What is named is changed, the rest stays; `''` takes a text away. */
export interface UserChange {
  nickname?: string;
  fullName?: string;
  email?: string;
  pictureUrl?: string;
  backgroundUrl?: string;
  employeeId?: string;
  mobileNumber?: string;
  description?: string;
  userType?: UserType;
  role?: AgentRole;
  maxSlots?: number;
  /** All he has; `[]` for any. */
  skills?: readonly { readonly id: string; readonly priority?: number }[];
  enabled?: boolean;
}

export interface UserAdd extends UserChange {
  login: string;
  /** Generated and answered when there is none. */
  password?: string;
}

export interface UserAdded {
  readonly user: User;
  /** Only when it was generated; it is not shown again. */
  readonly password: string | null;
}

/** An agent as his colleagues may see him, to hand a conversation on. */
export interface Colleague {
  /** `account.number`. */
  readonly id: string;
  readonly pid: string;
  readonly nickname: string;
  readonly role: AgentRole;
  readonly pictureUrl: string | null;
  readonly availability: Availability;
  readonly connected: boolean;
  /** What he is given at the moment. */
  readonly takes: 'none' | 'transfers' | 'all';
  readonly freeSlots: number;
  readonly skillIds: readonly string[];
}

/** Why an agent is away, for him to choose from. */
export interface StatusReason {
  /** Digits. */
  readonly id: string;
  readonly text: string;
  readonly state: 'AWAY' | 'BACK_SOON';
  readonly enabled: boolean;
}
