import { computed, signal } from '@preact/signals-core';
import { each, follow, h, onEnd, when } from '../dom/h';
import { fill } from '../i18n/texts';
import type { Context } from './context';
import { isImage } from './describe';
import { icon } from './icon';

export interface Composer {
  readonly element: Element;
  readonly field: HTMLTextAreaElement;
  /** Files to be sent with what is written. */
  add(files: Iterable<File>): void;
}

const touch = matchMedia('(hover: none) and (pointer: coarse)');

export function composer(context: Context, dropping: () => boolean): Composer {
  const { session, texts } = context;
  const text = signal(session.draft);
  const files = signal<readonly File[]>([]);
  const refused = signal('');
  const isEmpty = computed(() => !text.value.trim() && !files.value.length);
  const canAttach = () => session.availability.value?.fileSharing !== false;

  const grow = () => {
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  };
  const write = (value: string) => {
    text.value = session.draft = value;
    if (field.value !== value) field.value = value;
    grow();
  };
  const add = (more: Iterable<File>) => {
    const offered = [...more];
    const reasons = offered.map(refusal);
    refused.value = reasons.find(Boolean) ?? '';
    files.value = [...files.value, ...offered.filter((_, i) => !reasons[i])];
    field.focus();
  };
  const refusal = (file: File): string | null => {
    const { value: info } = session.availability;
    if (!info) return null;
    if (file.size > info.fileBytes) return fill(texts.tooLarge, { name: file.name, size: texts.size(info.fileBytes) });
    return info.fileTypes.includes(kindOf(file)) ? null : fill(texts.wrongKind, { name: file.name, types: info.fileTypes.join(', ') });
  };
  const remove = (file: File) => {
    files.value = files.value.filter(other => other !== file);
    field.focus();
  };
  const send = () => {
    if (isEmpty.value) return;
    const words = text.value.trim();
    if (files.value.length) files.value.forEach((file, i) => session.sendFile(file, i ? '' : words));
    else session.say(words);
    files.value = [];
    refused.value = '';
    write('');
    field.focus();
  };

  const field = h('textarea', {
    rows: 1, dir: 'auto', placeholder: texts.write, 'aria-label': texts.write, maxlength: 4000, value: text.value,
    oninput() {
      write(field.value);
      session.target?.typed();
    },
    onkeydown(event: KeyboardEvent) {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || touch.matches) return;
      event.preventDefault();
      send();
    },
    onpaste(event: ClipboardEvent) {
      if (!canAttach() || !event.clipboardData?.files.length) return;
      event.preventDefault();
      add(event.clipboardData.files);
    },
  });
  const picker = h('input', {
    type: 'file', multiple: true, hidden: true, 'aria-label': texts.attach, accept: () => session.availability.value?.fileTypes.map(type => `.${type.toLowerCase()}`).join(),
    onchange() {
      add(picker.files ?? []);
      picker.value = '';
    },
  });
  follow(() => {
    const { value: wanted } = session.wantedText;
    if (wanted === null) return;
    session.wantedText.value = null;
    write(wanted);
    field.focus();
  });
  requestAnimationFrame(grow);

  const attachment = (file: File) => {
    const address = isImage(kindOf(file)) ? URL.createObjectURL(file) : null;
    if (address) onEnd(() => URL.revokeObjectURL(address));
    return h('li', {},
      address ? h('img', { src: address, alt: '' }) : icon('file'),
      h('span', {}, file.name),
      h('button', { type: 'button', class: 'plain small', 'aria-label': `${texts.remove} ${file.name}`, onclick: () => remove(file) }, icon('close', 16)));
  };
  const element = h('form', {
    class: () => (dropping() ? 'composer dropping' : 'composer'),
    onsubmit(event: SubmitEvent) {
      event.preventDefault();
      send();
    },
  },
    h('div', { role: 'alert' }, when(() => refused.value || null, reason => h('p', { class: 'refused' }, reason))),
    h('ul', { class: 'attachments', hidden: () => !files.value.length }, each(() => files.value, file => file, file => attachment(file.peek()))),
    when(dropping, () => h('p', { class: 'drop' }, texts.drop)),
    h('div', { class: 'line' },
      h('button', { type: 'button', class: 'plain', 'aria-label': texts.attach, title: texts.attach, hidden: () => !canAttach(), onclick: () => picker.click() }, icon('attach')),
      picker, field,
      h('button', { type: 'submit', class: 'send', 'aria-label': texts.send, title: texts.send, 'aria-disabled': () => String(isEmpty.value) }, icon('send'))));
  return { element, field, add };
}

const kindOf = (file: File): string => (/\.(\w+)$/.exec(file.name)?.[1] ?? file.type.split('/')[1] ?? '').toUpperCase();
