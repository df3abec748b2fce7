import type { Message } from '../catalog/message';
import { get } from '../json/edit';
import { isObject, type JsonObject, type JsonValue } from '../json/node';

/** The request as a call of `@parley/client`: by the method made for it where there is one, else as any request. */
export function javascriptCall(message: Message, frame: JsonValue): string {
  const body = get(frame, ['body']);
  const metadata = get(frame, ['metadata']);
  const typed = metadata === undefined && isObject(body) ? typedCall(message.id, body) : null;
  if (typed) return typed;
  const rest = metadata === undefined ? (body === undefined ? '' : `, ${literal(body)}`) : `, ${literal(body ?? {})}, { metadata: ${literal(metadata)} }`;
  return `const answer = await client.request(${literal(message.id)}${rest});`;
}

function typedCall(type: string, body: JsonObject): string | null {
  switch (type) {
    case 'ms.PublishEvent': {
      const { dialogId, event, messageAudience, eventId } = body;
      // An id of his own is chosen by the SDK.
      if (typeof dialogId !== 'string' || !isObject(event) || eventId !== undefined) return null;
      const options = messageAudience === 'AGENTS_AND_MANAGERS' ? ', { isPrivate: true }' : '';
      const isText = event.type === 'ContentEvent' && typeof event.message === 'string' && (event.contentType ?? 'text/plain') === 'text/plain' && !('quickReplies' in event);
      return isText ? `client.dialog(${literal(dialogId)}).sendText(${literal(event.message!)}${options});` : `client.dialog(${literal(dialogId)}).sendEvent(${literal(event)}${options});`;
    }
    case 'ms.SubscribeMessagingEvents':
      return typeof body.dialogId === 'string'
        ? `const dialog = client.dialog(${literal(body.dialogId)});\ndialog.entries.subscribe((entries) => console.log(entries));`
        : null;
    case 'cm.UpdateConversationField': {
      const changes = Array.isArray(body.conversationField) ? body.conversationField : [body.conversationField ?? null];
      if (typeof body.conversationId !== 'string' || 'eventId' in body) return null;
      const [only] = changes;
      if (changes.length === 1 && isObject(only) && only.field === 'ConversationStateField') return `await client.closeConversation(${literal(body.conversationId)});`;
      return `await client.update(${literal(body.conversationId)}, ${literal(changes)});`;
    }
    case 'routing.SetAgentState':
      return Object.keys(body).every(name => name === 'availability' || name === 'channels' || name === 'reason') && typeof body.availability === 'string'
        ? `await agent.setState(${literal(body.availability)}${body.reason == null ? '' : `, ${literal(String(body.reason))}`});`
        : null;
    case 'routing.SubscribeRoutingTasks':
      return 'agent.rings.subscribe((rings) => console.log(rings));';
    case 'routing.UpdateRingState':
      return body.ringState === 'ACCEPTED' || body.ringState === 'REJECTED' ? `await agent.${body.ringState === 'ACCEPTED' ? 'accept' : 'reject'}(${literal(body.ringId ?? null)});` : null;
    default:
      return null;
  }
}

function literal(value: JsonValue): string {
  if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, member]) => `${/^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${literal(name)}]`}: ${literal(member)}`);
    return members.length > 0 ? `{ ${members.join(', ')} }` : '{}';
  }
  return JSON.stringify(value);
}
