import { h, when } from '../dom/h';
import { live, type EntryRow } from '../model/rows';
import { clicksOf, pressable } from './clicks';
import type { Context } from './context';

/** Answers to the last message, until somebody has said something else. */
export const quickReplies = (context: Context, last: () => EntryRow | undefined): Node =>
  when(() => {
    const row = last();
    if (!row || row.entry.mine || !live(row.section)) return null;
    const { content } = row.entry;
    return (content.kind === 'text' || content.kind === 'card') && content.quickReplies ? content : null;
  }, ({ quickReplies }) => {
    const row = last()!;
    const clickOf = clicksOf(context, () => row.entry, () => row.section);
    return h('div', { class: 'replies', role: 'group', 'aria-label': context.texts.replies },
      quickReplies!.replies.map(({ title, tooltip, click }) => pressable(context, clickOf(click), h('span', { dir: 'auto' }, title), { class: 'reply', title: tooltip })));
  });
