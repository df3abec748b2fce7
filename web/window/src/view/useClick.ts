import type { Click, Entry } from '@parley/client';
import type { Section } from '../model/rows';
import { useSurroundings } from './context';
import { live } from './EntryView';

export interface Clickable {
  /** Where it leads, for a link. */
  readonly href: string | null;
  readonly disabled: boolean;
  act(): void;
}

/** What a click on a part of a card or on a quick reply does: says its text, leads away, and tells the brand of it. */
export function useClick(entry: Entry, section: Section): (click: Click | null) => Clickable {
  const { session } = useSurroundings();
  return click => {
    const actions = click?.actions ?? [];
    const says = actions.flatMap(action => (action.type === 'publishText' ? [action.text] : []));
    const href = actions.map(action =>
      action.type === 'link' ? action.uri
      : action.type === 'navigate' ? mapAddress(action.latitude, action.longitude)
      : null).find(Boolean) ?? null;
    return {
      href,
      disabled: !href && (!says.length || !live(section)),
      act() {
        if (!live(section)) return;
        if (entry.sequence !== null && click?.metadata.length) {
          section.dialog.sendEvent(
            { type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [entry.sequence] },
            { metadata: click.metadata as Record<string, unknown>[] },
          );
        }
        for (const text of says) session.say(text, click?.metadata);
      },
    };
  };
}

/** Only asked for when it is clicked. */
export const mapAddress = (latitude: number, longitude: number): string =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;
