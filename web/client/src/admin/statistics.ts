import type { AgentRef } from './routing';

/** What happened with conversations in a stretch of time. */
export interface Figures {
  readonly opened: number;
  readonly closed: number;
  readonly abandoned: number;
  readonly assigned: number;
  readonly assignedInTime: number;
  readonly waitAverageSeconds: number | null;
  readonly waitLongestSeconds: number;
  readonly answered: number;
  readonly answeredInTime: number;
  readonly answerAverageSeconds: number | null;
  readonly answerLongestSeconds: number;
  readonly ringsOffered: number;
  readonly ringsAccepted: number;
  readonly ringsRejected: number;
  readonly ringsExpired: number;
}

/** What happened in an account today. */
export interface Today {
  readonly start: number;
  readonly end: number;
  /** Whether what happened before the server was started is counted already. */
  readonly complete: boolean;
  readonly total: Figures;
  /** The hours that have begun; `waiting`: how many waited at its end, or now. */
  readonly hours: readonly { readonly start: number; readonly figures: Figures; readonly waiting?: number | null }[];
  readonly bySkill: readonly { readonly skillId: string | null; readonly name: string; readonly figures: Figures }[];
  readonly byAgent: readonly { readonly agent: AgentRef; readonly figures: Figures }[];
}
