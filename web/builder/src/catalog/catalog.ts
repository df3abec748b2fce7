import protocolPage from '../../../../docs/protocol.md?raw';
import type { JsonObject } from '../json/node';
import { index, schemaFiles } from '../schema/files';
import { shapeOf } from '../schema/shape';
import { httpMessages } from './http';
import type { Category, Dialect, Direction, Form, Message } from './message';
import { namesIn, tableUnder } from './tables';

// Both come from the server's sources: the index of its schemas, and the page that is generated from its tables of verbs.
const requestRows = tableUnder(protocolPage, 'Requests');
const notificationRows = tableUnder(protocolPage, 'Notifications');

/** Every request, notification and answer, and the requests over HTTP with which one gets in. */
export const catalog: readonly Message[] = build();

function build(): Message[] {
  const requests = requestRows.map(row => {
    const names = [...namesIn(row.Request!), ...namesIn(row.Also!)];
    const answers = { v3: namesIn(row['Good answer on v3']!)[0]!, v2: namesIn(row['on v2']!)[0]! };
    return message('request', { v3: names[0]!, v2: names.find(name => name.startsWith('.')) ?? names[0]! }, names, row.Who!, answers);
  });
  const notifications = notificationRows.map(row => {
    const [v3, v2] = [namesIn(row['On v3']!)[0], namesIn(row['On v2']!)[0]];
    return message('notification', { ...(v3 && { v3 }), ...(v2 && { v2 }) }, [v3, v2].filter(name => name !== undefined), row.Who!, {});
  });
  return [...requests, ...notifications, ...answers(), ...httpMessages];
}

// The same title in both dialects is the same answer.
function answers(): Message[] {
  const groups = new Map<string, { names: Set<string>; types: Partial<Record<Dialect, string>> }>();
  for (const row of index) {
    if (row.direction !== 'response') continue;
    const title = schemaFiles.get(row.schema).title!;
    const group = groups.get(title) ?? { names: new Set(), types: {} };
    groups.set(title, group);
    group.names.add(row.type);
    for (const dialect of row.dialects) group.types[dialect] = row.type;
  }
  return [...groups.values()].map(({ names, types }) => message('response', types, [...names], null, {}));
}

function message(direction: Direction, types: Partial<Record<Dialect, string>>, names: string[], who: string | null, answers: Message['answers']): Message {
  const forms = Object.fromEntries(
    (Object.entries(types) as [Dialect, string][]).map(([dialect, type]) => [dialect, formOf(direction, type, dialect)]),
  ) as Partial<Record<Dialect, Form>>;
  const { title, description } = (forms.v3 ?? forms.v2)!.shape;
  const id = types.v3 ?? types.v2!;
  return {
    id, direction, title, description, forms, names, answers,
    category: direction === 'response' ? 'Answers' : direction === 'notification' ? 'Notifications' : categoryOf(id),
    who: who as Message['who'],
  };
}

function formOf(direction: Direction, type: string, dialect: Dialect): Form {
  const row = index.find(r => r.type === type && r.direction === direction && r.dialects.includes(dialect));
  if (!row) throw new Error(`There is no schema of the ${direction} ${type} in ${dialect}.`);
  const schema = schemaFiles.get(row.schema);
  const examples = (schema.examples ?? []) as readonly JsonObject[];
  return { type, dialect, file: row.schema, schema, shape: shapeOf(schema), examples: examples.map(example => ({ ...example, type })) };
}

function categoryOf(type: string): Category {
  if (/File|Token/.test(type)) return 'Files and forms';
  switch (type.split('.')[0]) {
    case 'cm':
    case 'cqm':
      return 'Conversations';
    case 'ms':
      return 'Messages';
    case 'routing':
      return 'Routing';
    case 'userprofile':
    case 'brandprofile':
      return 'Profiles';
    default:
      return 'Connection';
  }
}

/** The message of a frame, and its form in a dialect, by the name on the wire. */
export function find(direction: Direction, type: string, dialect: Dialect): { message: Message; form: Form } | null {
  for (const message of catalog) {
    if (message.direction !== direction || !message.names.includes(type)) continue;
    const form = message.forms[dialect];
    // Answers and notifications are spelled in one way on each kind of socket; requests in any.
    if (form && (direction === 'request' || form.type === type)) return { message, form };
  }
  return null;
}

/** Messages that have all the words, in their names, titles or explanations. */
export function search(words: string): Message[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return catalog.filter(message => {
    const text = [...message.names, message.title, message.description, message.category].join(' ').toLowerCase();
    return wanted.every(word => text.includes(word));
  });
}
