import type { CardElement, Content } from '../model/entry';

/** One line that stands for a content. */
export function textOf(content: Content): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'file':
      return content.caption || content.fileType;
    case 'card':
      return firstText(content.card) ?? '';
    case 'other':
      return '';
  }
}

function firstText(element: CardElement): string | null {
  if (element.type === 'text') return element.text;
  if ('title' in element) return element.title;
  if ('elements' in element) for (const child of element.elements) if (firstText(child)) return firstText(child);
  return null;
}
