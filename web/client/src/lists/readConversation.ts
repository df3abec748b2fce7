import type { Conversation, DialogRecord, Participant, Role } from '../model/conversation';
import { isObject, list, number, object, text, type Wire } from '../wire/read';

/** For whom a record is read: agents are named by `account.number` in records of the second generation. */
export interface Reader {
  /** Own `account.number`; null for consumers. */
  readonly agentId: string | null;
  /** What only records for agents have. */
  readonly agents?: ForAgents;
}

export interface ForAgents {
  /** Takes in who is who, before the rest is read. */
  learn(details: Wire): void;
  publicId(id: string): string;
  last(change: Wire): Conversation['last'];
}

/** The `result` of a list's change, of either generation, in the one shape. */
export function readConversation(result: Wire, reader: Reader): Conversation {
  const details = object(result.conversationDetails);
  reader.agents?.learn(details);
  const dialogs = list(details.dialogs).map(dialog => readDialog(object(dialog), reader.agents));
  const participants = everybody(dialogs);
  const [ttr, delay, csat] = [details.ttr, details.delay, details.csat];
  const due = number(result.effectiveTTR);
  const skill = text(details.skillId);
  return {
    id: String(result.convId ?? details.convId),
    open: details.stage !== 'CLOSE',
    mainOpen: details.state !== 'CLOSE',
    closeReason: (text(details.closeReason) as Conversation['closeReason']) ?? null,
    skillId: skill === '-1' ? null : skill,
    consumerId: participants.find(p => p.role === 'CONSUMER')?.id ?? '',
    assignedAgentId: dialogs[0]?.participants.find(p => p.role === 'ASSIGNED_AGENT' && p.state === 'ACTIVE')?.id ?? null,
    participants,
    dialogs,
    startedAt: number(details.startTs) ?? 0,
    endedAt: number(details.endTs),
    updatedAt: number(result.lastUpdateTime) ?? number(details.metaDataLastUpdateTs) ?? 0,
    dueAt: due === null || due < 0 ? null : due,
    ttr: isObject(ttr) ? { type: text(ttr.ttrType) as 'NORMAL', seconds: number(ttr.value) ?? 0 } : null,
    manualDueAt: number(details.manualETTR),
    delay: isObject(delay) ? { type: text(delay.type) ?? '', until: number(delay.tillWhen) ?? 0 } : null,
    csat: isObject(csat)
      ? {
          rate: number(csat.csatRate),
          resolved: typeof csat.csatResolutionConfirmation === 'boolean' ? csat.csatResolutionConfirmation : null,
          status: text(csat.status) ?? '',
        }
      : null,
    firstConversation: details.firstConversation === true,
    note: text(details.note),
    topic: wordsOf(details.topic),
    context: object(details.context),
    campaign: isObject(details.campaignInfo) ? details.campaignInfo : null,
    last: (isObject(result.lastContentEventNotification) && reader.agents?.last(result.lastContentEventNotification)) || null,
    unread: reader.agentId === null ? 0 : (number(object(result.numberOfunreadMessages)[reader.agentId]) ?? 0),
  };
}

function readDialog(dialog: Wire, agents: ForAgents | undefined): DialogRecord {
  const type = text(dialog.dialogType);
  return {
    id: String(dialog.dialogId),
    type: type === 'MAIN' || type === 'POST_SURVEY' || type === 'AGENTS' ? type : 'OTHER',
    channel: text(dialog.channelType) ?? 'MESSAGING',
    open: dialog.state !== 'CLOSE',
    participants: list(dialog.participantsDetails).map(object).map(p => ({
      id: text(p.pId) ?? agents?.publicId(String(p.id)) ?? String(p.id),
      role: String(p.role) as Role,
      state: p.state === 'SUGGESTED' ? 'SUGGESTED' : 'ACTIVE',
    })),
    createdAt: number(dialog.creationTs) ?? 0,
    endedAt: number(dialog.endTs),
  };
}

function everybody(dialogs: readonly DialogRecord[]): Participant[] {
  const all = new Map<string, Participant>();
  for (const p of dialogs.flatMap(dialog => dialog.participants)) {
    const key = p.role + p.id;
    if (all.get(key)?.state !== 'ACTIVE') all.set(key, p);
  }
  return [...all.values()];
}

const wordsOf = (value: unknown): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value || null : (text(object(value).text) ?? JSON.stringify(value));
