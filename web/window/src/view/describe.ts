import type { CardElement, Entry } from '@parley/client';
import { fill, type Texts } from '../i18n/texts';
import type { Session } from '../model/session';

/** How an agent is called. */
export function nameOf(session: Session, texts: Texts, id: string): string {
  const card = session.cards.of(id);
  return card?.nickname ?? card?.fullName ?? texts.team;
}

/** Whom the consumer sees as the author. */
export const authorOf = (session: Session, texts: Texts, entry: Entry): string =>
  entry.mine ? texts.you : entry.from.role === 'CONTROLLER' ? texts.team : nameOf(session, texts, entry.from.id);

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

export const isImage = (fileType: string): boolean => /^(?:JPE?G|PNG|GIF)$/i.test(fileType);

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
