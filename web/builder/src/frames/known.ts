import { signal } from '@preact/signals';
import { isObject, type JsonValue } from '../json/node';

export type IdKind = 'conversation' | 'dialog' | 'ring' | 'subscription' | 'consumer' | 'agent' | 'skill' | 'account' | 'file';

export interface KnownId {
  readonly kind: IdKind;
  readonly id: string;
  /** Where it was seen, in words. */
  readonly seen: string;
  /** Of a ring: its conversation. */
  readonly conversation?: string;
}

const kinds: Readonly<Record<string, readonly IdKind[]>> = {
  conversationId: ['conversation'], convId: ['conversation'], originConversationId: ['conversation'],
  dialogId: ['dialog', 'conversation'],
  ringId: ['ring'],
  subscriptionId: ['subscription'],
  consumerId: ['consumer'],
  userId: ['agent', 'consumer'], agentId: ['agent'], agentIds: ['agent'], agentUserId: ['agent'], assignedAgentId: ['agent'],
  skillId: ['skill'], skill: ['skill'],
  brandId: ['account'],
  relativePath: ['file'],
};

const placeholders: Readonly<Record<IdKind, string>> = {
  conversation: '__YOUR_CONVERSATION_ID__', dialog: '__YOUR_CONVERSATION_ID__', ring: '__RING_ID__', subscription: '__SUBSCRIPTION_ID__',
  consumer: '__CONSUMER_ID__', agent: '__AGENT_ID__', skill: '__SKILL_ID__', account: '__ACCOUNT__', file: '__FILE_PATH__',
};

const most = 200;

/** What ids a member of this name takes; none for most. */
export function kindsOfMember(name: string): readonly IdKind[] {
  return Object.hasOwn(kinds, name) ? kinds[name]! : [];
}

/** Ids that stood in the frames that arrived, newest first, to be offered where one is wanted. */
export class KnownIds {
  readonly all = signal<readonly KnownId[]>([]);

  of(wanted: readonly IdKind[]): KnownId[] {
    return this.all.value.filter(({ kind }) => wanted.includes(kind));
  }

  add(kind: IdKind, id: string, seen: string, conversation?: string): void {
    if (this.all.peek().some(known => known.kind === kind && known.id === id)) return;
    this.all.value = [{ kind, id, seen, ...(conversation && { conversation }) }, ...this.all.peek()].slice(0, most);
  }

  /** Puts the ids that a value names in front: they are what it is about now. */
  touch(value: JsonValue): void {
    const named = new Set([...texts(value)]);
    const rings = this.all.peek().filter(({ id, conversation }) => conversation && named.has(id));
    for (const { conversation } of rings) named.add(conversation!);
    const isNamed = ({ id }: KnownId) => named.has(id);
    if (this.all.peek().some(isNamed)) this.all.value = [...this.all.peek().filter(isNamed), ...this.all.peek().filter(known => !isNamed(known))];
  }

  /** Remembers what a received frame names. A ring is offered only as long as it can be answered. */
  learn(value: JsonValue, seen: string): void {
    if (Array.isArray(value)) {
      for (const item of value) this.learn(item, seen);
      return;
    }
    if (!isObject(value)) return;
    const ringIsOver = typeof value.ringState === 'string' && value.ringState !== 'WAITING';
    for (const [name, member] of Object.entries(value)) {
      if (typeof member === 'string') {
        const kind = kindsOfMember(name)[0];
        if (kind === 'ring' && ringIsOver) this.all.value = this.all.peek().filter(known => known.id !== member);
        else if (kind && member !== '' && member !== '-1' && name !== 'userId') this.add(kind, member, seen, kind === 'ring' && typeof value.convId === 'string' ? value.convId : undefined);
      } else {
        this.learn(member, seen);
      }
    }
  }

  /** Puts the newest known ids where placeholders stand. */
  fill(value: JsonValue): JsonValue {
    return mapMembers(value, (name, member) => {
      const kind = kindsOfMember(name).find(k => placeholders[k] === member);
      if (!kind) return member;
      const known = this.of(kindsOfMember(name));
      // The ring of the conversation that it is about now, where there is one.
      const [current] = this.of(['conversation']);
      return (known.find(({ conversation }) => conversation && conversation === current?.id) ?? known[0])?.id ?? member;
    });
  }
}

/** An example with placeholders instead of its made-up ids. */
export function withPlaceholders(value: JsonValue): JsonValue {
  return mapMembers(value, (name, member) => {
    if (name === 'jwt') return '$LP_JWT';
    const kind = kindsOfMember(name)[0];
    return kind && member !== '-1' ? placeholders[kind] : member;
  });
}

function* texts(value: JsonValue): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) yield* texts(inner);
}

/** Whether something is left that the reader is to replace. */
export function placeholdersIn(text: string): string[] {
  return [...new Set(text.match(/__[A-Z0-9_]+__/g))];
}

function mapMembers(value: JsonValue, map: (name: string, member: string) => JsonValue, name = ''): JsonValue {
  if (typeof value === 'string') return map(name, value);
  if (Array.isArray(value)) return value.map(item => mapMembers(item, map, name));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, mapMembers(member, map, key)]));
  return value;
}
