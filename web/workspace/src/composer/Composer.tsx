import { useComputed, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Button, Icon, IconButton, isMac, Popover, useHotkeys } from '@parley/ui';
import type { Conversation, Dialog } from '@parley/client';
import type { CannedAnswer } from '@parley/client/admin';
import { sendWith } from '../app/preferences';
import { wantsFocus } from '../app/routes';
import { useWorkspace } from '../app/Workspace';
import { CannedPicker } from '../canned/CannedPicker';
import { cannedQuery, matchCanned } from '../canned/match';
import { fillAll } from '../canned/placeholders';
import { useCannedValues } from '../canned/useCannedValues';
import { AttachedFiles } from './AttachedFiles';
import { EmojiPicker } from './EmojiPicker';

interface ComposerProps {
  readonly conversation: Conversation;
  readonly dialog: Dialog;
}

/** Where messages and notes are written. What is written is kept as a draft until it is sent. */
export function Composer({ conversation, dialog }: ComposerProps) {
  const { attachments, canned, client, drafts } = useWorkspace();
  const start = drafts.get(conversation.id);
  const text = useSignal(start.text);
  const isPrivate = useSignal(start.isPrivate);
  const caret = useSignal(start.text.length);
  const files = attachments.of(conversation.id);
  const emoji = useSignal(false);
  const cannedAt = useSignal(0);
  const cannedOff = useSignal(false);
  const dropping = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const emojiButton = useRef<HTMLButtonElement>(null);
  const values = useCannedValues(conversation);

  const query = useComputed(() => (cannedOff.value ? null : cannedQuery(text.value, caret.value)));
  const found = useComputed(() => (query.value === null || canned.answers.value === null ? null : matchCanned(canned.answers.value, query.value.query, conversation.skillId)));
  const choosing = query.value !== null && (found.value === null || found.value.length > 0);
  useEffect(() => {
    if (query.value !== null) void canned.freshen();
    cannedAt.value = 0;
  }, [query.value?.query]);

  const put = (next: string, at = next.length) => {
    text.value = next;
    caret.value = at;
    drafts.set(conversation.id, { text: next, isPrivate: isPrivate.peek() }, Date.now());
  };
  const setPrivate = (on: boolean) => {
    isPrivate.value = on;
    drafts.set(conversation.id, { text: text.peek(), isPrivate: on }, Date.now());
    field.current?.focus();
  };
  const insert = (from: number, to: number, what: string) => {
    put(text.peek().slice(0, from) + what + text.peek().slice(to), from + what.length);
    field.current?.focus();
  };
  const useCanned = (answer: CannedAnswer) => {
    const now = query.peek();
    if (now !== null) insert(now.from, now.from + 1 + now.query.length, fillAll(answer.text, values).text);
  };

  // After an insertion the caret goes behind it, and on to the first placeholder that could not be filled in.
  useLayoutEffect(() => {
    const area = field.current!;
    if (document.activeElement === area && (area.selectionStart !== caret.value || area.selectionEnd !== caret.value) && area.value === text.value) area.setSelectionRange(caret.value, caret.value);
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [text.value]);
  useEffect(() => {
    if (wantsFocus() && matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true });
  }, []);

  const attach = (list: Iterable<File>) => {
    files.value = [...files.peek(), ...list].slice(0, 10);
    field.current?.focus();
  };
  const blank = text.value.trim() === '' && files.value.length === 0;
  const send = () => {
    const words = text.peek().trim();
    if (words === '' && files.peek().length === 0) return;
    const options = { isPrivate: isPrivate.peek() };
    files.peek().forEach((file, index) => dialog.sendFile(file, index === 0 && words !== '' ? { ...options, caption: words } : options));
    if (files.peek().length === 0) dialog.sendText(words, options);
    files.value = [];
    isPrivate.value = false;
    put('');
    field.current?.focus();
  };

  useHotkeys([
    { keys: 'r|alt+r', label: 'Write an answer', group: 'This conversation', run: () => setPrivate(false) },
    { keys: 'n|alt+n', label: 'Write a private note', group: 'This conversation', run: () => setPrivate(!isPrivate.peek() || document.activeElement !== field.current) },
    {
      keys: '/|alt+c',
      label: 'Canned answers',
      group: 'This conversation',
      run: () => {
        field.current?.focus();
        cannedOff.value = false;
        if (cannedQuery(text.peek(), text.peek().length) === null) put(text.peek() === '' || /\s$/u.test(text.peek()) ? `${text.peek()}/` : `${text.peek()} /`);
      },
    },
    { keys: 'alt+f', label: 'Attach files', group: 'This conversation', run: () => picker.current?.click() },
    { keys: 'alt+m', label: 'Emoji', group: 'This conversation', run: () => (emoji.value = true) },
  ]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (choosing && found.value !== null) {
      const list = found.value;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined && !event.altKey) {
        event.preventDefault();
        cannedAt.value = (cannedAt.value + step + list.length) % list.length;
        return;
      }
      if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
        event.preventDefault();
        useCanned(list[cannedAt.value]!);
        return;
      }
      if (event.key === ' ') {
        const exact = list.find((answer) => answer.shortcut?.toLocaleLowerCase() === query.value?.query.toLocaleLowerCase());
        if (exact) {
          event.preventDefault();
          useCanned(exact);
          return;
        }
      }
    }
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (choosing) cannedOff.value = true;
      else if (isPrivate.value && text.value === '') setPrivate(false);
      else field.current?.blur();
      return;
    }
    if (event.key === 'Backspace' && text.value === '' && isPrivate.value) {
      event.preventDefault();
      setPrivate(false);
      return;
    }
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (mod || sendWith.value.value === 'enter')) {
      event.preventDefault();
      send();
    }
  };

  const fileList = (event: ClipboardEvent | DragEvent) => [...((event as ClipboardEvent).clipboardData ?? (event as DragEvent).dataTransfer)?.files ?? []];
  return (
    <form
      class={`composer ${isPrivate.value ? 'is-private' : ''} ${dropping.value ? 'is-dropping' : ''}`}
      aria-label={isPrivate.value ? 'Private note' : 'Answer'}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        event.preventDefault();
        dropping.value = true;
      }}
      onDragLeave={() => (dropping.value = false)}
      onDrop={(event) => {
        dropping.value = false;
        const dropped = fileList(event);
        if (dropped.length === 0) return;
        event.preventDefault();
        attach(dropped);
      }}
    >
      {choosing && <CannedPicker found={found.value} error={canned.error.value} at={cannedAt.value} values={values} onPick={useCanned} onPoint={(index) => (cannedAt.value = index)} />}
      {isPrivate.value && (
        <p class="composer-note">
          <Icon name="lock" /> <strong>Private note.</strong> Only colleagues read it.
        </p>
      )}
      <AttachedFiles files={files.value} onRemove={(file) => (files.value = files.value.filter((one) => one !== file))} />
      <textarea
        ref={field}
        class="composer-text"
        rows={1}
        dir="auto"
        value={text.value}
        aria-label={isPrivate.value ? 'Private note' : 'Message'}
        placeholder={isPrivate.value ? 'Write a note for colleagues' : 'Write an answer'}
        maxLength={8000}
        {...(choosing && found.value !== null ? { 'aria-controls': 'canned-list', 'aria-activedescendant': `canned-${cannedAt.value}` } : {})}
        onInput={(event) => {
          const area = event.currentTarget;
          cannedOff.value = false;
          // `@` at the beginning is for colleagues; a touch keyboard tells no keys, hence it is seen here.
          if (text.peek() === '' && area.value === '@' && !isPrivate.peek()) {
            put('');
            area.value = '';
            setPrivate(true);
            return;
          }
          put(area.value, area.selectionStart);
          if (!isPrivate.peek()) dialog.typed();
        }}
        onSelect={(event) => (caret.value = event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          const pasted = fileList(event);
          if (pasted.length === 0) return;
          event.preventDefault();
          attach(pasted);
        }}
      />
      <div class="composer-buttons">
        <IconButton icon="bolt" label="Canned answers" keys="/" onClick={() => insert(text.value.length, text.value.length, text.value === '' || /\s$/u.test(text.value) ? '/' : ' /')} />
        <IconButton icon="lock" label="Private note" keys="alt+n" pressed={isPrivate.value} onClick={() => setPrivate(!isPrivate.value)} />
        <IconButton icon="attach" label="Attach files" keys="alt+f" onClick={() => picker.current?.click()} />
        <IconButton ref={emojiButton} icon="smile" label="Emoji" keys="alt+m" aria-expanded={emoji.value} onClick={() => (emoji.value = !emoji.value)} />
        <span class="composer-hint">{client.connection.value.kind === 'online' ? '' : 'Leaves when you are connected again'}</span>
        <Button type="submit" kind="primary" icon={isPrivate.value ? 'lock' : 'send'} disabled={blank} tip={isPrivate.value ? 'Only colleagues read it' : ''} keys={sendWith.value.value === 'enter' ? 'Enter' : 'mod+Enter'}>
          {isPrivate.value ? 'Add note' : 'Send'}
        </Button>
      </div>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Attach files"
        onChange={(event) => {
          attach(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
      {emoji.value && (
        <Popover anchor={emojiButton} placement="above-start" label="Emoji" onClose={() => (emoji.value = false)}>
          <EmojiPicker
            onPick={(picked) => {
              emoji.value = false;
              insert(caret.value, caret.value, picked);
            }}
          />
        </Popover>
      )}
    </form>
  );
}
