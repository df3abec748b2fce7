import type { Message } from '../catalog/message';
import { get } from '../json/edit';
import { isObject, type JsonObject, type JsonValue } from '../json/node';

const availabilities: Readonly<Record<string, string>> = { ONLINE: 'Online', OCCUPIED: 'Occupied', BACK_SOON: 'BackSoon', AWAY: 'Away', OFFLINE: 'Offline' };

/** The request as a call of `Parley.Client`: by the method made for it where there is one, else as any request. */
export function csharpCall(message: Message, frame: JsonValue): string {
  const body = get(frame, ['body']);
  const members = isObject(body) ? body : {};
  return typedCall(message.id, members, isObject(frame) && 'metadata' in frame) ?? genericCall(message.id, members);
}

function typedCall(type: string, body: JsonObject, hasMetadata: boolean): string | null {
  switch (type) {
    case 'GetClock':
      return 'DateTimeOffset now = await client.GetClockAsync();';
    case 'cm.ConsumerRequestConversation': {
      if (hasMetadata || !has(body, [], ['skillId'])) return null;
      return `string conversation = await consumer.RequestConversationAsync(${body.skillId == null ? '' : text(String(body.skillId))});`;
    }
    case 'ms.PublishEvent':
      return hasMetadata ? null : publishCall(body);
    case 'ms.SubscribeMessagingEvents': {
      if (typeof body.dialogId !== 'string') return null;
      return `await foreach (MessageEvent message in client.SubscribeMessagesAsync(${text(body.dialogId)}, fromSequence: ${Number(body.fromSeq ?? 0)}))\n    Console.WriteLine($"{message.Sequence} {message.OriginatorRole}: {message.Text}");`;
    }
    case 'ms.QueryMessages': {
      if (typeof body.dialogId !== 'string' || 'fromSeq' in body) return null;
      const bounds = [['newerThan', body.newerThanSequence], ['olderThan', body.olderThanSequence], ['limit', body.maxQuantity]] as const;
      const given = bounds.filter(([, value]) => value != null).map(([name, value]) => `${name}: ${Number(value)}`);
      return `IReadOnlyList<MessageEvent> messages = await client.QueryMessagesAsync(${[text(body.dialogId), ...given].join(', ')});`;
    }
    case 'cm.UpdateConversationField': {
      const changes = Array.isArray(body.conversationField) ? body.conversationField : [body.conversationField ?? null];
      const [only] = changes;
      const isClose = changes.length === 1 && isObject(only) && only.field === 'ConversationStateField' && only.conversationState === 'CLOSE';
      return isClose && typeof body.conversationId === 'string' && !('eventId' in body) ? `await client.CloseConversationAsync(${text(body.conversationId)});` : null;
    }
    case 'routing.SetAgentState': {
      const state = availabilities[String(body.availability)];
      return state && has(body, ['availability'], ['channels']) ? `await agent.SetStateAsync(AgentAvailability.${state});` : null;
    }
    case 'routing.SubscribeRoutingTasks':
      return 'await foreach (Ring ring in agent.SubscribeRingsAsync())\n    Console.WriteLine($"{ring.Id} {ring.State}");';
    case 'routing.UpdateRingState':
      return typeof body.ringId === 'string' && (body.ringState === 'ACCEPTED' || body.ringState === 'REJECTED')
        ? `await agent.${body.ringState === 'ACCEPTED' ? 'Accept' : 'Reject'}RingAsync(${text(body.ringId)});`
        : null;
    default:
      return null;
  }
}

function publishCall(body: JsonObject): string | null {
  const { dialogId, event, eventId, messageAudience } = body;
  if (typeof dialogId !== 'string' || !isObject(event) || !has(body, ['dialogId', 'event'], ['eventId', 'messageAudience', 'conversationId'])) return null;
  const options = [eventId != null && `EventId = ${text(String(eventId))}`, messageAudience === 'AGENTS_AND_MANAGERS' && 'IsPrivate = true'].filter(Boolean);
  const tail = options.length > 0 ? `, new() { ${options.join(', ')} }` : '';
  const isText = event.type === 'ContentEvent' && typeof event.message === 'string' && has(event, ['type', 'message'], ['contentType']) && (event.contentType ?? 'text/plain') === 'text/plain';
  if (isText) return `long sequence = await client.PublishTextAsync(${text(dialogId)}, ${text(event.message as string)}${tail});`;
  if (event.type === 'ChatStateEvent' && typeof event.chatState === 'string') return `await client.SendChatStateAsync(${text(dialogId)}, ${text(event.chatState)});`;
  const { sequenceList, status } = event;
  if (event.type === 'AcceptStatusEvent' && typeof status === 'string' && tail === '') {
    const numbers = (Array.isArray(sequenceList) ? sequenceList : [sequenceList ?? null]).map(Number);
    if (numbers.every(Number.isInteger)) return `await client.SendReceiptAsync(${text(dialogId)}, ${text(status)}, [${numbers.join(', ')}]);`;
  }
  return `long sequence = await client.PublishAsync(${text(dialogId)}, content =>\n{\n${writes('content', event, 1)}}${tail});`;
}

function genericCall(type: string, body: JsonObject): string {
  const writer = Object.keys(body).length > 0 ? `, body =>\n{\n${writes('body', body, 1)}}` : '';
  return `JsonElement answer = await client.RequestAsync(${text(type)}${writer});`;
}

/** Statements that write the members of an object to a Utf8JsonWriter. */
function writes(writer: string, object: JsonObject, depth: number): string {
  return Object.entries(object).map(([name, value]) => write(writer, value, depth, name)).join('');
}

function write(writer: string, value: JsonValue, depth: number, name?: string): string {
  const line = (statement: string) => `${'    '.repeat(depth)}${writer}.${statement};\n`;
  const first = name === undefined ? '' : text(name);
  const both = (argument: string) => (name === undefined ? argument : `${first}, ${argument}`);
  const suffix = name === undefined ? 'Value' : '';
  if (value === null) return line(`WriteNull${suffix}(${first})`);
  if (Array.isArray(value)) return line(`WriteStartArray(${first})`) + value.map(item => write(writer, item, depth, undefined)).join('') + line('WriteEndArray()');
  switch (typeof value) {
    case 'object':
      return line(`WriteStartObject(${first})`) + writes(writer, value, depth) + line('WriteEndObject()');
    case 'string':
      return line(`WriteString${suffix}(${both(text(value))})`);
    case 'number':
      return line(`WriteNumber${suffix}(${both(String(value))})`);
    default:
      return line(`WriteBoolean${suffix}(${both(String(value))})`);
  }
}

/** A C# string literal. JSON's escapes are C#'s too. */
function text(value: string): string {
  return JSON.stringify(value);
}

/** Whether an object has the first names, and none but those and the second. */
function has(object: JsonObject, needed: readonly string[], allowed: readonly string[]): boolean {
  return needed.every(name => name in object) && Object.keys(object).every(name => needed.includes(name) || allowed.includes(name));
}
