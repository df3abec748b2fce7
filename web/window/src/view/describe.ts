import type { CardElement, Entry } from '@parley/client';
import { fill, type Texts } from '../i18n/texts';
import type { Session } from '../model/session';

/** Whom the consumer sees as the author. */
export function authorOf(session: Session, texts: Texts, entry: Entry): string {
  if (entry.mine) return texts.you;
  if (entry.from.role === 'CONTROLLER') return texts.team;
  const card = session.cards.of(entry.from.id);
  return card?.nickname ?? card?.fullName ?? texts.team;
}

/** A message in words, for those who hear it. */
export function describe(session: Session, texts: Texts, entry: Entry): string {
  const { content } = entry;
  const words =
    content.kind === 'text' ? content.text
    : content.kind === 'file' ? `${nameOfFile(texts, content.fileType)} ${content.caption}`
    : content.kind === 'card' ? wordsOf(content.card)
    : texts.unknown;
  return `${authorOf(session, texts, entry)}: ${words}`;
}

const images = new Set(['JPG', 'JPEG', 'PNG', 'GIF']);

export const isImage = (fileType: string): boolean => images.has(fileType.toUpperCase());

export const nameOfFile = (texts: Texts, fileType: string): string =>
  isImage(fileType) ? texts.image : fill(texts.file, { type: fileType.toUpperCase() });

function wordsOf(element: CardElement): string {
  switch (element.type) {
    case 'text': return element.text;
    case 'button':
    case 'linkPreview': return element.title;
    case 'image': return element.caption ?? element.tooltip ?? '';
    case 'map': return element.tooltip ?? '';
    default: return element.elements.map(wordsOf).filter(Boolean).join('. ');
  }
}
