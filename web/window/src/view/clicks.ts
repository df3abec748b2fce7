import type { Click, Entry } from '@parley/client';
import { h, type Child } from '../dom/h';
import { live, type Section } from '../model/rows';
import type { Context } from './context';
import { icon } from './icon';
import { safeLink } from './safeLink';

export interface Clickable {
  /** Where it leads, for a link. */
  readonly href: string | undefined;
  /** It would say something, where nobody can say anything any more. */
  disabled(): boolean;
  act(): void;
}

export type ClickOf = (click: Click | null) => Clickable | null;

/** What a click on a part of a card or on a quick reply does: says its text, leads away, and tells the brand of it. Null: nothing. */
export const clicksOf = ({ session }: Context, entry: () => Entry, section: () => Section): ClickOf => click => {
  const actions = click?.actions ?? [];
  const says = actions.flatMap(action => (action.type === 'publishText' ? [action.text] : []));
  const [href] = actions.flatMap(action => (action.type === 'link' ? [action.uri] : action.type === 'navigate' ? [mapAddress(action)] : []));
  if (!href && !says.length) return null;
  return {
    href,
    disabled: () => !live(section()),
    act() {
      const { sequence } = entry();
      if (!live(section())) return;
      if (sequence !== null && click?.metadata.length) {
        const metadata = click.metadata as Record<string, unknown>[];
        section().dialog.sendEvent({ type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [sequence] }, { metadata });
      }
      for (const text of says) session.say(text, click?.metadata);
    },
  };
};

/** A button, or a link where it leads away. */
export const pressable = (context: Context, click: Clickable | null, content: Child, more: { readonly class: string; readonly title: string | null }): HTMLElement =>
  click?.href
    ? safeLink(context, click.href, [content, icon('link', 16)], { ...more, onclick: click.act })
    : h('button', { type: 'button', ...more, disabled: () => !click || click.disabled(), onclick: () => click?.act() }, content);

/** Only asked for when it is clicked. */
export const mapAddress = ({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
