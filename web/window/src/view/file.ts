import type { Content, Entry } from '@parley/client';
import { signal, type ReadonlySignal } from '@preact/signals-core';
import { follow, h, when } from '../dom/h';
import { fill } from '../i18n/texts';
import type { Section } from '../model/rows';
import type { Context } from './context';
import { isImage, nameOfFile } from './describe';
import { icon } from './icon';

type FileContent = Content & { readonly kind: 'file' };

export function file({ texts }: Context, content: FileContent, entry: ReadonlySignal<Entry>, section: Section): Element {
  const name = nameOfFile(texts, content.fileType);
  const picture = isImage(content.fileType);
  // The preview at once, the picture itself when its address is there.
  const source = signal(content.preview?.startsWith('data:image/') ? content.preview : null);
  const failed = signal(false);
  const isStored = () => entry.value.sequence !== null;
  const address = () => section.dialog.fileAddress(content.relativePath);
  let asked = false;
  follow(() => {
    if (!picture || asked || !isStored()) return;
    asked = true;
    address().then(found => (source.value = found), () => {});
  });
  const save = async () => {
    try {
      h('a', { href: await address(), download: '', rel: 'noopener noreferrer', target: '_blank' }).click();
      failed.value = false;
    } catch {
      failed.value = true;
    }
  };
  const label = fill(texts.save, { name: content.caption || name });
  return h('div', { class: picture ? 'bubble picture' : 'bubble document' },
    h('button', { type: 'button', class: 'file', disabled: () => !isStored(), 'aria-label': label, onclick: () => void save() },
      picture ? [when(() => source.value, src => h('img', { src, alt: content.caption || texts.image })), when(() => !source.value, () => icon('file', 24))]
      : [icon('file', 24), h('span', {}, name)]),
    when(() => entry.value.status === 'sending' && entry.value.progress !== null, () =>
      h('progress', { value: () => entry.value.progress ?? 0, max: 1, 'aria-label': texts.sending })),
    content.caption && h('p', { dir: 'auto' }, content.caption),
    when(() => failed.value, () => h('p', { role: 'alert' }, texts.unreachable)));
}
