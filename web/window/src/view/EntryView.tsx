import type { Entry, EntryStatus } from '@parley/client';
import { Component } from 'preact';
import type { Section } from '../model/rows';
import { Avatar } from './Avatar';
import { CardView } from './CardView';
import { Surrounding, type Surroundings } from './context';
import { FileView } from './FileView';
import { Icon, type IconName } from './Icon';
import { TextView } from './TextView';

export interface EntryProps {
  readonly entry: Entry;
  readonly section: Section;
  readonly first: boolean;
  readonly last: boolean;
  readonly showStatus: boolean;
  readonly author: string;
  readonly picture: string | null;
}

/** One message. Renders again only when something of it changed. */
export class EntryView extends Component<EntryProps> {
  static override contextType = Surrounding;
  declare context: Surroundings;

  override shouldComponentUpdate(next: Readonly<EntryProps>): boolean {
    const { section, ...rest } = next;
    return section.dialog !== this.props.section.dialog || live(section) !== live(this.props.section)
      || Object.entries(rest).some(([name, value]) => this.props[name as keyof EntryProps] !== value);
  }

  override render({ entry, section, first, last, showStatus, author, picture }: EntryProps) {
    const { texts } = this.context;
    const { content } = entry;
    const own = entry.status === 'failed' || entry.status === 'sending';
    return (
      <div class={`entry ${entry.mine ? 'mine' : 'theirs'}${first ? ' first' : ''}${last ? ' last' : ''}${entry.status === 'failed' ? ' failed' : ''}`}>
        {first && (
          <p class="by">
            {!entry.mine && <Avatar name={author} picture={picture} size="small" />}
            <b class={entry.mine ? 'said' : undefined} dir="auto">{author}</b> <time dateTime={new Date(entry.at).toISOString()}>{texts.time(entry.at)}</time>
          </p>
        )}
        {content.kind === 'text' ? <TextView text={content.text} />
          : content.kind === 'file' ? <FileView entry={entry} content={content} section={section} />
          : content.kind === 'card' ? <CardView card={content.card} entry={entry} section={section} />
          : <div class="bubble unknown">{texts.unknown}</div>}
        {(own || showStatus) && (
          <p class="status">
            <Icon name={icons[entry.status]} size={16} />
            <span>{texts[entry.status === 'received' ? 'sent' : entry.status]}</span>
            {entry.status === 'failed' && (
              <>
                <button type="button" onClick={() => section.dialog.retry(entry.key)}>{texts.retry}</button>
                <button type="button" onClick={() => section.dialog.discard(entry.key)}>{texts.remove}</button>
              </>
            )}
          </p>
        )}
      </div>
    );
  }
}

/** Whether buttons of it still lead somewhere. */
export const live = ({ conversation, id }: Section): boolean =>
  !conversation || (id === conversation.id ? conversation.mainOpen : conversation.dialogs.some(d => d.id === id && d.open));

const icons: Record<EntryStatus, IconName> = { sending: 'clock', sent: 'check', delivered: 'checks', read: 'checks', failed: 'alert', received: 'check' };
