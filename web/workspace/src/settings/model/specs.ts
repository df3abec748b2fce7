import { address, count, megabytes, span, text, type Codec } from './codec';
import type { Placeholder } from './placeholders';

/** One setting as a form shows it. */
export interface Spec {
  /** Its name in the API; `limits.x` for a member of `limits`. */
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind:
    | { readonly is: 'typed'; readonly codec: Codec; readonly unit?: string; readonly wide?: boolean }
    | { readonly is: 'long'; readonly codec: Codec; readonly longest: number; readonly placeholders: readonly Placeholder[]; readonly preview: boolean }
    | { readonly is: 'switch' }
    | { readonly is: 'files' };
  /** What holds where the account chose nothing; absent when that is up to the server. */
  readonly fallback?: unknown;
}

const seconds = { is: 'typed', codec: span(1) } as const;
const minutes = { is: 'typed', codec: span(60) } as const;
const line = { is: 'typed', codec: text(1000), wide: true } as const;
const link = { is: 'typed', codec: address, wide: true } as const;
const message = (...placeholders: Placeholder[]) => ({ is: 'long', codec: text(2000), longest: 2000, placeholders, preview: true }) as const;

export const brand: readonly Spec[] = [
  { key: 'brandName', label: 'Name', hint: 'What consumers read above the conversation.', kind: line },
  { key: 'brandDescription', label: 'Description', kind: line, fallback: null },
  { key: 'brandCategory', label: 'Category', kind: line, fallback: null },
  { key: 'brandWebsiteUrl', label: 'Website', kind: link, fallback: null },
  { key: 'brandLogoUrl', label: 'Logo', hint: 'Address of a picture.', kind: link, fallback: null },
  { key: 'brandBackgroundUrl', label: 'Background', hint: 'Address of a picture.', kind: link, fallback: null },
];

export const promises: readonly Spec[] = [
  { key: 'ttrUrgentSeconds', label: 'Urgent conversations', hint: 'Those an agent marked as urgent.', kind: seconds, fallback: 600 },
  { key: 'ttrPrioritizedSeconds', label: 'Prioritized conversations', hint: "A consumer's first one, and those an agent prioritized.", kind: seconds, fallback: 600 },
  { key: 'ttrNormalSeconds', label: 'All others', kind: seconds, fallback: 3600 },
];

export const routing: readonly { readonly title: string; readonly specs: readonly Spec[] }[] = [
  {
    title: 'Rings',
    specs: [
      { key: 'ringSeconds', label: 'A ring waits', hint: 'Then the next agent is asked.', kind: seconds, fallback: 72 },
      { key: 'askAgainSeconds', label: 'Asked again after', hint: 'Who rejected a ring or let it pass is not asked sooner, and then only if there is nobody else.', kind: seconds, fallback: 10 },
      { key: 'transferFallbackSeconds', label: 'A transfer waits', hint: 'Handed to an agent, a conversation is offered to nobody else for so long.', kind: seconds, fallback: 120 },
    ],
  },
  {
    title: 'Presence',
    specs: [
      { key: 'presenceGraceSeconds', label: 'Keep the state of disconnected agents', hint: 'After that they count as offline.', kind: seconds, fallback: 60 },
      { key: 'returnWhenGone', label: 'Then give their conversations back to the queue', hint: 'Otherwise they keep them.', kind: { is: 'switch' }, fallback: false },
      { key: 'connectedAgentIsOnline', label: 'Agents who connect are online at once', hint: 'Otherwise they say so themselves.', kind: { is: 'switch' }, fallback: false },
    ],
  },
  {
    title: 'Idle conversations',
    specs: [
      { key: 'idleMinutes', label: 'Idle after', hint: 'The agent has answered and the consumer is silent for so long.', kind: minutes, fallback: 10 },
      { key: 'idleSlotPercent', label: 'An idle one takes of a slot', hint: '100 is a whole slot.', kind: { is: 'typed', codec: count(1, 100), unit: '%' }, fallback: 100 },
    ],
  },
];

export const messages: readonly Spec[] = [
  { key: 'welcomeMessage', label: 'Welcome', hint: 'When a consumer begins a conversation, unless you are closed.', kind: message(), fallback: null },
  {
    key: 'offHoursMessage',
    label: 'Outside working hours',
    hint: 'Once in a conversation until you open again.',
    kind: message({ name: 'opensAt', meaning: 'when you open again', example: '2026-11-30 09:00' }),
    fallback: null,
  },
  {
    key: 'waitingMessage',
    label: 'While nobody has come yet',
    kind: message({ name: 'position', meaning: 'place in the queue', example: '3' }, { name: 'minutes', meaning: 'how long it probably takes', example: '5' }),
    fallback: null,
  },
  { key: 'waitingMessageSeconds', label: 'Written after', hint: 'So long a consumer waits before that message.', kind: seconds, fallback: 60 },
  { key: 'transferMessage', label: 'When a conversation is handed on', kind: message(), fallback: null },
  {
    key: 'automaticMessagesToAll',
    label: 'Write to every consumer',
    hint: 'Otherwise only to those whose client asks for automatic messages.',
    kind: { is: 'switch' },
    fallback: true,
  },
];

export const closing: readonly Spec[] = [
  { key: 'autoCloseMinutes', label: 'Close after silence of', hint: 'When the agent has had the last word.', kind: minutes, fallback: 129_600 },
  { key: 'surveyMinutes', label: 'Close a survey after', hint: 'When nobody answers it.', kind: minutes, fallback: 10_080 },
];

export const files: readonly Spec[] = [
  { key: 'fileSharing', label: 'Files may be shared', hint: 'What was shared before can be read in any case.', kind: { is: 'switch' }, fallback: true },
  { key: 'fileTypes', label: 'Kinds of files', kind: { is: 'files' }, fallback: 'JPG JPEG PNG GIF PDF TXT DOCX PPTX XLSX' },
  { key: 'fileBytes', label: 'Largest file', kind: { is: 'typed', codec: megabytes, unit: 'MB' }, fallback: 3 * 1_048_576 },
  { key: 'fileStorageMegabytes', label: 'Room for all files', kind: { is: 'typed', codec: count(1, 2_147_483_647), unit: 'MB' }, fallback: 10_240 },
];

const number = (unit?: string) => ({ is: 'typed', codec: count(1, 2_147_483_647), ...(unit === undefined ? {} : { unit }) }) as const;

export const access: readonly { readonly title: string; readonly specs: readonly Spec[] }[] = [
  {
    title: 'Who may',
    specs: [
      { key: 'anonymousConsumers', label: 'Consumers may come without signing in', kind: { is: 'switch' }, fallback: true },
      { key: 'agentsOpenConversations', label: 'Agents may begin conversations with known consumers', hint: 'Managers may in any case.', kind: { is: 'switch' }, fallback: true },
    ],
  },
  {
    title: 'Limits',
    specs: [
      { key: 'limits.textCharacters', label: 'Longest message', kind: number('characters') },
      { key: 'limits.frameBytes', label: 'Largest request', kind: number('bytes') },
      { key: 'limits.consumerRequestsPerSecond', label: 'Requests of a consumer', hint: 'On average.', kind: number('a second') },
      { key: 'limits.consumerBurst', label: 'Requests of a consumer at once', kind: number() },
      { key: 'limits.agentRequestsPerSecond', label: 'Requests of an agent', hint: 'On average.', kind: number('a second') },
      { key: 'limits.agentBurst', label: 'Requests of an agent at once', hint: 'Open connections keep the limits they began with.', kind: number() },
    ],
  },
  {
    title: 'For programs',
    specs: [
      { key: 'implicitSubscription', label: 'Subscribe to messages on opening a conversation', hint: 'Without being asked for it.', kind: { is: 'switch' }, fallback: false },
      { key: 'notifyEmptyReplay', label: 'Notify of an empty replay', hint: 'One notification without changes.', kind: { is: 'switch' }, fallback: true },
    ],
  },
];

export const skillRouting: readonly Spec[] = [
  { key: 'ringAgents', label: 'Agents rung at once', hint: 'The first who accepts has it.', kind: { is: 'typed', codec: count(1, 50) }, fallback: 1 },
  { key: 'autoAccept', label: 'The best agent has it unasked', kind: { is: 'switch' }, fallback: false },
  { key: 'ringSeconds', label: 'A ring waits', kind: seconds, fallback: null },
  { key: 'waitTargetSeconds', label: 'Should have an agent within', hint: 'For warnings and statistics.', kind: seconds, fallback: 120 },
  { key: 'maxPerAgent', label: 'At most for one agent', hint: 'Empty for as many as the slots allow.', kind: { is: 'typed', codec: count(1, 2_147_483_647), unit: 'conversations' }, fallback: null },
];

export const skillPromises: readonly Spec[] = promises.map((spec) => ({ ...spec, fallback: null }));

export const skillClosing: readonly Spec[] = [{ ...closing[0]!, fallback: null }];

/** What the server calls by the key, people call by the label. */
export const namesOf = (specs: readonly Spec[]): Readonly<Record<string, string>> => Object.fromEntries(specs.map((spec) => [spec.key, spec.label]));
