import type { ForAgents } from '../lists/readConversation';
import { contentOf } from '../messages/readContent';
import type { Conversation, Role } from '../model/conversation';
import { isObject, list, number, object, type Wire } from '../wire/read';
import { textOf } from './textOf';

/** What is in the records of the second generation: agents go by `account.number` there, and the last message stands beside. */
export class AgentRecords implements ForAgents {
  readonly #publicIds = new Map<string, string>();

  know(agentId: string, publicId: string): void {
    this.#publicIds.set(agentId, publicId);
  }

  // The two maps name the same people in the same order (protocol 8.5.4).
  learn(details: Wire): void {
    if (!isObject(details.participants)) return;
    for (const [role, ids] of Object.entries(details.participants)) {
      const publicIds = list(object(details.participantsPId)[role]);
      list(ids).forEach((id, i) => this.know(String(id), String(publicIds[i] ?? id)));
    }
  }

  publicId(id: string): string {
    return this.#publicIds.get(id) ?? id;
  }

  last(change: Wire): Conversation['last'] {
    const by = object(change.originatorMetadata);
    return {
      text: textOf(contentOf(object(change.event))),
      at: number(change.serverTimestamp) ?? 0,
      fromId: String(by.id ?? change.originatorPId ?? change.originatorId),
      role: String(by.role) as Role,
      sequence: number(change.sequence) ?? 0,
    };
  }
}
