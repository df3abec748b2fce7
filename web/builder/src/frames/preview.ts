import { get } from '../json/edit';
import { isObject, type JsonValue } from '../json/node';
import type { Frame } from './frame';
import { read } from './FrameLog';

const longest = 160;

/** What a frame says, in a line: the message that was written, the id that came, what is wrong. */
export function preview(frame: Frame): string {
  const value = read(frame.text);
  const text = value === undefined ? frame.text : (telling(value) ?? JSON.stringify(get(value, ['body']) ?? ''));
  return text.length > longest ? `${text.slice(0, longest)}…` : text === '""' || text === '{}' ? '' : text;
}

function telling(frame: JsonValue): string | null {
  const body = get(frame, ['body']);
  if (typeof body === 'string') return body;
  const details = get(frame, ['body', 'details']);
  if (typeof details === 'string') return details;
  const record = get(frame, ['body', 'changes', 0]) ?? body ?? null;
  const event = get(record, ['event']);
  if (event !== undefined) return eventInWords(event, get(record, ['sequence']));
  const ring = get(record, ['result', 'ringsDetails', 0, 'ringState']) ?? get(body, ['ringState']);
  if (ring !== undefined) return `ring ${String(ring)}`;
  const details2 = get(record, ['result', 'conversationDetails']);
  if (details2 !== undefined) return `${String(get(record, ['type']))} ${String(get(record, ['result', 'convId']))} ${String(get(details2, ['state']))}`;
  const availability = get(body, ['availability']) ?? get(record, ['result', 'availability']);
  if (typeof availability === 'string') return availability;
  if (isObject(body) && Object.keys(body).length === 1) {
    const [only] = Object.values(body);
    if (typeof only === 'string' || typeof only === 'number') return String(only);
  }
  return null;
}

function eventInWords(event: JsonValue, sequence: JsonValue | undefined): string {
  const number = typeof sequence === 'number' ? `#${sequence} ` : '';
  const [message, status, state] = ['message', 'status', 'chatState'].map(name => get(event, [name]));
  if (typeof message === 'string') return `${number}“${message}”`;
  if (status !== undefined) return `${number}${String(status)} ${JSON.stringify(get(event, ['sequenceList']))}`;
  return `${number}${String(state ?? get(event, ['contentType']) ?? get(event, ['type']))}`;
}
