import type { JsonNode, Path } from './node';

export type TokenKind = 'key' | 'string' | 'number' | 'literal' | 'placeholder' | 'plain';

export interface Token {
  readonly text: string;
  readonly kind: TokenKind;
  /** What it belongs to; punctuation has none. */
  readonly path?: Path;
}

/** The text in pieces to be coloured. Together they are the text. */
export function tokens(text: string, root: JsonNode): Token[] {
  const list: Token[] = [];
  let at = 0;
  const push = (start: number, end: number, kind: TokenKind, path: Path) => {
    if (start > at) list.push({ text: text.slice(at, start), kind: 'plain' });
    list.push({ text: text.slice(start, end), kind, path });
    at = end;
  };
  const walk = (node: JsonNode, path: Path) => {
    switch (node.kind) {
      case 'object':
        for (const member of node.members) {
          push(member.start, member.keyEnd, 'key', [...path, member.key]);
          walk(member.value, [...path, member.key]);
        }
        break;
      case 'array':
        node.items.forEach((item, index) => walk(item, [...path, index]));
        break;
      default:
        push(node.start, node.end, node.kind === 'string' && isPlaceholder(node.value) ? 'placeholder' : node.kind, path);
    }
  };
  walk(root, []);
  if (at < text.length) list.push({ text: text.slice(at), kind: 'plain' });
  return list;
}

/** `__YOUR_CONVERSATION_ID__`, `$LP_JWT`: to be replaced by the reader. */
export function isPlaceholder(value: string): boolean {
  return /^(__[A-Z0-9_]+__|\$LP_[A-Z0-9_]+)$/.test(value);
}
