/** How conversations of a skill are given to agents. */
export interface SkillSettings {
  readonly description: string | null;
  /** How many agents are rung at once. */
  readonly ringAgents: number;
  readonly autoAccept: boolean;
  /** Null for the account's. */
  readonly ringSeconds: number | null;
  readonly waitTargetSeconds: number;
  readonly fallbackSkillId: string | null;
  readonly fallbackSeconds: number;
  readonly maxPerAgent: number | null;
  readonly ttrNormalSeconds: number | null;
  readonly ttrPrioritizedSeconds: number | null;
  readonly ttrUrgentSeconds: number | null;
  readonly autoCloseMinutes: number | null;
}

export interface Skill {
  /** Digits. */
  readonly id: string;
  readonly name: string;
  readonly settings: SkillSettings;
}

/** `null` gives a setting its default back. */
export type SkillSettingsChange = { [K in keyof SkillSettings]?: SkillSettings[K] | null };

export interface SkillAdd {
  name: string;
  id?: string;
  settings?: SkillSettingsChange;
}

export interface SkillChange {
  name?: string;
  settings?: SkillSettingsChange;
}
