/** What anybody may know of a brand before he writes to it. */
export interface ServiceInfo {
  readonly open: boolean;
  /** When it opens next, epoch ms; null when it is open or nobody knows. */
  readonly opensAt: number | null;
  /** Whether an agent is there who takes new conversations. */
  readonly agentsOnline: boolean;
  /** How long answers took lately; null when that is not known. */
  readonly usualAnswerSeconds: number | null;
  readonly brandName: string | null;
  readonly fileSharing: boolean;
  /** As in `JPG`, `PDF`. */
  readonly fileTypes: readonly string[];
  readonly fileBytes: number;
}

/** Where a conversation stands that waits for an agent. */
export interface WaitingInfo {
  /** 1 for the next one. */
  readonly position: number | null;
  readonly estimateSeconds: number | null;
  /** Nobody is there until then, epoch ms. */
  readonly delayUntil: number | null;
}
