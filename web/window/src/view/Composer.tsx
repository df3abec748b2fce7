import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fill } from '../i18n/texts';
import { useSurroundings } from './context';
import { isImage } from './describe';
import { Icon } from './Icon';
import { useValue } from './useValue';

interface ComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly files: readonly File[];
  add(files: Iterable<File>): void;
  remove(file: File): void;
  readonly dropping: boolean;
}

const touch = matchMedia('(hover: none) and (pointer: coarse)');

export function Composer({ field, files, add, remove, dropping }: ComposerProps) {
  const { session, texts } = useSurroundings();
  const availability = useValue(session.availability);
  const wanted = useValue(session.wantedText);
  const [text, setText] = useState(session.draft);
  const [refused, setRefused] = useState('');
  const picker = useRef<HTMLInputElement>(null);

  useLayoutEffect(() => {
    const element = field.current!;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (wanted === null) return;
    session.wantedText.value = null;
    write(wanted);
    field.current?.focus();
  }, [wanted]);
  useEffect(() => {
    const reason = files.map(file => refusal(file)).find(Boolean);
    if (!reason) return;
    setRefused(reason);
    for (const file of files) if (refusal(file)) remove(file);
  }, [files]);

  const write = (value: string) => {
    setText(value);
    session.draft = value;
  };
  const refusal = (file: File): string | null => {
    const kinds = availability?.fileTypes ?? [];
    if (availability && file.size > availability.fileBytes) return fill(texts.tooLarge, { name: file.name, size: texts.size(availability.fileBytes) });
    return kinds.length && !kinds.includes(extension(file)) ? fill(texts.wrongKind, { name: file.name, types: kinds.join(', ') }) : null;
  };
  const empty = !text.trim() && !files.length;
  const send = () => {
    if (empty) return;
    if (files.length) files.forEach((file, i) => session.sendFile(file, i === 0 ? text.trim() : ''));
    else session.say(text.trim());
    files.forEach(remove);
    write('');
    setRefused('');
    field.current?.focus();
  };
  const canAttach = availability?.fileSharing !== false;

  return (
    <form
      class={dropping ? 'composer dropping' : 'composer'}
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <div role="alert">{refused && <p class="refused">{refused}</p>}</div>
      {files.length > 0 && (
        <ul class="attachments">
          {files.map((file, i) => <Attachment key={`${i} ${file.name}`} file={file} remove={() => (remove(file), field.current?.focus())} />)}
        </ul>
      )}
      {dropping && <p class="drop">{texts.drop}</p>}
      <div class="line">
        {canAttach && (
          <>
            <button type="button" class="plain" aria-label={texts.attach} title={texts.attach} onClick={() => picker.current?.click()}><Icon name="attach" /></button>
            <input
              ref={picker} type="file" multiple hidden accept={availability?.fileTypes.map(type => `.${type.toLowerCase()}`).join()}
              onChange={event => {
                add(event.currentTarget.files ?? []);
                event.currentTarget.value = '';
                field.current?.focus();
              }}
            />
          </>
        )}
        <textarea
          ref={field} rows={1} dir="auto" value={text} placeholder={texts.write} aria-label={texts.write} maxLength={4000}
          onInput={event => {
            write(event.currentTarget.value);
            session.target?.typed();
          }}
          onKeyDown={event => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing || touch.matches) return;
            event.preventDefault();
            send();
          }}
          onPaste={event => {
            if (!canAttach || !event.clipboardData?.files.length) return;
            event.preventDefault();
            add(event.clipboardData.files);
          }}
        />
        <button type="submit" class="send" aria-label={texts.send} title={texts.send} aria-disabled={empty}><Icon name="send" /></button>
      </div>
    </form>
  );
}

function Attachment({ file, remove }: { file: File; remove: () => void }) {
  const { texts } = useSurroundings();
  const address = useMemo(() => (isImage(extension(file)) ? URL.createObjectURL(file) : null), [file]);
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address]);
  return (
    <li>
      {address ? <img src={address} alt="" /> : <Icon name="file" />}
      <span>{file.name}</span>
      <button type="button" class="plain small" aria-label={`${texts.remove} ${file.name}`} onClick={remove}><Icon name="close" size={16} /></button>
    </li>
  );
}

const extension = (file: File): string => (/\.(\w+)$/.exec(file.name)?.[1] ?? file.type.split('/')[1] ?? '').toUpperCase();
