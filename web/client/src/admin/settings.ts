import type { StatusReason } from './user';

/** When somebody is there, by the clock of a time zone; a range is `09:00-17:30`. */
export interface WorkingHours {
  /** An IANA name. */
  readonly timeZone: string;
  /** By `monday` to `sunday`; on days that are not named nobody is there. */
  readonly days: Readonly<Record<string, readonly string[]>>;
  /** By date as in `2026-12-25`, in place of the weekday's; none for the whole day off. */
  readonly holidays?: Readonly<Record<string, readonly string[]>> | null;
}

export interface Limits {
  readonly consumerRequestsPerSecond: number;
  readonly consumerBurst: number;
  readonly agentRequestsPerSecond: number;
  readonly agentBurst: number;
  readonly textCharacters: number;
  readonly frameBytes: number;
}

/** What an account decides for itself, with the values that hold where it chose none. */
export interface AccountSettings {
  readonly ttrNormalSeconds: number;
  readonly ttrPrioritizedSeconds: number;
  readonly ttrUrgentSeconds: number;
  readonly ringSeconds: number;
  readonly notifyEmptyReplay: boolean;
  readonly implicitSubscription: boolean;
  readonly connectedAgentIsOnline: boolean;
  readonly transferFallbackSeconds: number;
  readonly presenceGraceSeconds: number;
  readonly returnWhenGone: boolean;
  readonly askAgainSeconds: number;
  readonly idleSlotPercent: number;
  readonly idleMinutes: number;
  readonly agentsOpenConversations: boolean;
  readonly autoCloseMinutes: number;
  readonly surveyMinutes: number;
  /** By skill; `*` for all that have none of their own. */
  readonly surveys: Readonly<Record<string, { readonly agent: string; readonly appInstallId?: string | null }>> | null;
  readonly brandName: string;
  readonly brandDescription: string | null;
  readonly brandCategory: string | null;
  readonly brandLogoUrl: string | null;
  readonly brandBackgroundUrl: string | null;
  readonly brandWebsiteUrl: string | null;
  readonly statusReasons: readonly StatusReason[];
  readonly fileSharing: boolean;
  /** Names with blanks between, as in `JPG PNG PDF`. */
  readonly fileTypes: string;
  readonly fileBytes: number;
  readonly fileStorageMegabytes: number;
  readonly anonymousConsumers: boolean;
  readonly workingHours: WorkingHours | null;
  readonly offHoursMessage: string | null;
  readonly welcomeMessage: string | null;
  readonly transferMessage: string | null;
  readonly waitingMessage: string | null;
  readonly waitingMessageSeconds: number;
  readonly automaticMessagesToAll: boolean;
  readonly limits: Limits;
}

/** `null` gives a setting its default back. */
export type AccountSettingsChange = { [K in Exclude<keyof AccountSettings, 'limits'>]?: AccountSettings[K] | null } & {
  limits?: { [K in keyof Limits]?: number | null };
};
