import type { JsonNode, Path } from './node';

/** The node that a path leads to; where it ends early, the last one on the way. */
export function nodeAt(root: JsonNode, path: Path): JsonNode {
  let node = root;
  for (const step of path) {
    const next =
      node.kind === 'object' ? node.members.findLast(member => member.key === step)?.value
      : node.kind === 'array' && typeof step === 'number' ? node.items[step]
      : undefined;
    if (!next) return node;
    node = next;
  }
  return node;
}

/** The path of the innermost member or element at a position of the text. */
export function pathAt(root: JsonNode, position: number): Path {
  const path: (string | number)[] = [];
  for (let node = root; ; ) {
    if (node.kind === 'object') {
      const member = node.members.find(m => m.start <= position && position <= m.value.end);
      if (!member) return path;
      path.push(member.key);
      node = member.value;
    } else if (node.kind === 'array') {
      const index = node.items.findIndex(item => item.start <= position && position <= item.end);
      if (index < 0) return path;
      path.push(index);
      node = node.items[index]!;
    } else {
      return path;
    }
  }
}

/** Line and column from 1 on. */
export function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position).split('\n');
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

/** A path as programmers write it: `body.changes[0].event`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${step}` : step), '');
}
