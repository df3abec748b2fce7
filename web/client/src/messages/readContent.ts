import type { CardElement, CardStyle, Click, ClickAction, Content, QuickReplies } from '../model/entry';
import { isObject, list, number, object, text, type Wire } from '../wire/read';

const DEEPEST = 16;
const MOST_ELEMENTS = 256;
const MOST_REPLIES = 64;
const MOST_ACTIONS = 4;

/** A content event as something that is safe to render. */
export function contentOf(event: Wire): Content {
  if (event.type === 'RichContentEvent') {
    const card = readElement(object(event.content ?? event.message), 0, { left: MOST_ELEMENTS });
    return card ? { kind: 'card', card, quickReplies: readReplies(event.quickReplies) } : { kind: 'other', type: 'RichContentEvent' };
  }
  const type = text(event.contentType) ?? 'text/plain';
  const message = event.message;
  if (type === 'text/plain' || typeof message === 'string') {
    return { kind: 'text', text: typeof message === 'string' ? message : '', quickReplies: readReplies(event.quickReplies) };
  }
  if ((type === 'hosted/file' || type === 'HostedFile') && isObject(message)) {
    const preview = text(message.preview);
    return {
      kind: 'file',
      relativePath: text(message.relativePath) ?? '',
      fileType: text(message.fileType) ?? '',
      caption: text(message.caption) ?? '',
      preview: preview && /^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(preview) ? preview : null,
    };
  }
  return { kind: 'other', type };
}

function readElement(element: Wire, depth: number, budget: { left: number }): CardElement | null {
  if (depth > DEEPEST || --budget.left < 0) return null;
  const style = readStyle(element);
  const shared = { tooltip: text(element.tooltip), click: readClick(element.click), style };
  switch (element.type) {
    case 'vertical':
    case 'horizontal':
    case 'carousel': {
      const elements = list(element.elements).map(child => readElement(object(child), depth + 1, budget)).filter(child => child !== null);
      return { type: element.type, elements, style };
    }
    case 'text':
      return typeof element.text === 'string' ? { type: 'text', text: element.text, click: shared.click, style } : null;
    case 'image': {
      const url = safeAddress(element.url, ['http:', 'https:']);
      return url ? { type: 'image', url, caption: text(element.caption), ...shared } : null;
    }
    case 'button':
      return text(element.title) ? { type: 'button', title: String(element.title), ...shared } : null;
    case 'map': {
      const at = readPlace(element);
      return at ? { type: 'map', ...at, ...shared } : null;
    }
    case 'linkPreview': {
      const url = safeAddress(element.url, ['http:', 'https:']);
      return url ? { type: 'linkPreview', url, title: text(element.title) ?? url, click: shared.click, style } : null;
    }
    default:
      return null;
  }
}

function readStyle(element: Wire): CardStyle {
  const style = object(element.style);
  const color = text(style.color);
  return {
    bold: style.bold === true,
    italic: style.italic === true,
    size: style.size === 'small' || style.size === 'medium' || style.size === 'large' ? style.size : null,
    color: color && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color) ? color : null,
    rtl: element.rtl === true,
  };
}

function readReplies(value: unknown): QuickReplies | null {
  if (!isObject(value)) return null;
  const replies = list(value.replies).slice(0, MOST_REPLIES).map(object).filter(reply => text(reply.title));
  if (replies.length === 0) return null;
  return {
    itemsPerRow: Math.min(8, Math.max(1, Math.trunc(number(value.itemsPerRow) ?? 8))),
    replies: replies.map(reply => ({ title: String(reply.title), tooltip: text(reply.tooltip), click: readClick(reply.click) })),
  };
}

function readClick(value: unknown): Click | null {
  if (!isObject(value)) return null;
  return { actions: list(value.actions).slice(0, MOST_ACTIONS).map(action => readAction(object(action))), metadata: list(value.metadata) };
}

function readAction(action: Wire): ClickAction {
  const name = text(action.name);
  if (action.type === 'publishText' && typeof action.text === 'string') return { type: 'publishText', text: action.text };
  if (action.type === 'link') {
    const uri = safeAddress(action.uri, ['http:', 'https:', 'mailto:', 'tel:']);
    if (uri) return { type: 'link', uri, name };
  }
  if (action.type === 'navigate') {
    const at = readPlace(action);
    if (at) return { type: 'navigate', ...at, name };
  }
  return { type: 'unsupported' };
}

function readPlace(at: Wire): { latitude: number; longitude: number } | null {
  const [latitude, longitude] = [number(at.la), number(at.lo)];
  return latitude === null || longitude === null || Math.abs(latitude) > 90 || Math.abs(longitude) > 180 ? null : { latitude, longitude };
}

// An address is whole or it is none: what is relative would lead to the page that shows it.
function safeAddress(value: unknown, schemes: readonly string[]): string | null {
  try {
    const url = new URL(String(value));
    return schemes.includes(url.protocol) && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}
