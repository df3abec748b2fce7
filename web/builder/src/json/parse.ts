import { type JsonMember, type JsonNode, type JsonValue, setMember } from './node';

export class JsonSyntaxError extends Error {
  readonly position: number;

  constructor(message: string, position: number) {
    super(message);
    this.position = position;
  }
}

const deepest = 200;

/** Reads JSON and keeps the places, so that errors, explanations and the caret can be put there. Throws a {@link JsonSyntaxError}. */
export function parseJson(text: string): JsonNode {
  let at = 0;

  const fail = (message: string, position = at): never => {
    throw new JsonSyntaxError(message, position);
  };
  const skipBlanks = () => {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++;
  };
  const found = () => (at < text.length ? JSON.stringify(text[at]) : 'the end of the text');

  function readString(): string {
    const start = at++;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 0x22) {
        at++;
        try {
          return JSON.parse(text.slice(start, at)) as string;
        } catch {
          return fail('There is a wrong escape sequence in this text.', start);
        }
      }
      if (code === 0x5c) at++;
      else if (code < 0x20) return fail('A line break or control character in a text is written with a backslash, for example \\n.');
    }
    return fail('This text has no closing quotation mark.', start);
  }

  function readNumber(): JsonNode {
    const start = at;
    while (at < text.length && /[-+0-9.eE]/.test(text[at]!)) at++;
    const literal = text.slice(start, at);
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(literal)) return fail(`${literal} is not a number as JSON writes it.`, start);
    return { kind: 'number', start, end: at, value: Number(literal) };
  }

  function readObject(depth: number): JsonNode {
    const start = at++;
    const members: JsonMember[] = [];
    skipBlanks();
    if (text[at] === '}') return { kind: 'object', start, end: ++at, members };
    for (;;) {
      skipBlanks();
      if (text[at] !== '"') return fail(`Here a member's name in quotation marks is expected, not ${found()}.`);
      const memberStart = at;
      const key = readString();
      const keyEnd = at;
      skipBlanks();
      if (text[at] !== ':') return fail(`Behind the name ${JSON.stringify(key)} a colon is expected, not ${found()}.`);
      at++;
      members.push({ key, start: memberStart, keyEnd, value: readValue(depth) });
      skipBlanks();
      if (text[at] === '}') return { kind: 'object', start, end: ++at, members };
      if (text[at] !== ',') return fail(`Behind a member a comma or } is expected, not ${found()}.`);
      at++;
    }
  }

  function readArray(depth: number): JsonNode {
    const start = at++;
    const items: JsonNode[] = [];
    skipBlanks();
    if (text[at] === ']') return { kind: 'array', start, end: ++at, items };
    for (;;) {
      items.push(readValue(depth));
      skipBlanks();
      if (text[at] === ']') return { kind: 'array', start, end: ++at, items };
      if (text[at] !== ',') return fail(`Behind an element a comma or ] is expected, not ${found()}.`);
      at++;
    }
  }

  function readValue(depth: number): JsonNode {
    skipBlanks();
    if (depth > deepest) return fail('This is nested too deeply.');
    const start = at;
    const first = text[at];
    if (first === '{') return readObject(depth + 1);
    if (first === '[') return readArray(depth + 1);
    if (first === '"') {
      const value = readString();
      return { kind: 'string', start, end: at, value };
    }
    if (first !== undefined && /[-0-9]/.test(first)) return readNumber();
    for (const [word, value] of [['true', true], ['false', false], ['null', null]] as const) {
      if (text.startsWith(word, at)) return { kind: 'literal', start, end: (at += word.length), value };
    }
    return fail(`Here a value is expected, not ${found()}.`);
  }

  const root = readValue(0);
  skipBlanks();
  if (at < text.length) fail('Here the frame has ended already; one frame is one value.');
  return root;
}

/** The value that was read. Of members of the same name the last one counts, as JSON.parse has it. */
export function valueOf(node: JsonNode): JsonValue {
  switch (node.kind) {
    case 'object': {
      const value = {};
      for (const member of node.members) setMember(value, member.key, valueOf(member.value));
      return value;
    }
    case 'array':
      return node.items.map(valueOf);
    default:
      return node.value;
  }
}
