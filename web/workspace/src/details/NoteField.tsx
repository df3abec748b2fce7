import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { toast } from '@parley/ui';
import type { Conversation } from '@parley/client';
import { attempt } from '../app/attempt';
import { useWorkspace } from '../app/Workspace';
import { Section } from './DetailsPane';

/** What colleagues should know of this conversation; kept when the field is left. */
export function NoteField({ conversation }: { readonly conversation: Conversation }) {
  const { client, ready } = useWorkspace();
  const id = useId();
  const text = useSignal(conversation.note ?? '');
  const writing = useSignal(false);
  useEffect(() => {
    if (!writing.peek()) text.value = conversation.note ?? '';
  }, [conversation.note]);
  const save = async () => {
    writing.value = false;
    const before = conversation.note ?? '';
    const note = text.value.trim();
    if (note === before) return;
    const put = (words: string) => client.update(conversation.id, [{ field: 'Note', note: words }]);
    if (await attempt('Keeping the note', () => put(note))) toast('Note kept', { undo: () => void attempt('Undoing', () => put(before)) });
    else text.value = before;
  };
  return (
    <Section title="Note for colleagues">
      <label class="ui-hidden" for={id}>
        Note for colleagues
      </label>
      <textarea
        id={id}
        class="ui-input ui-textarea note-field"
        rows={2}
        maxLength={4000}
        placeholder="Only colleagues see it"
        disabled={!ready.value || !conversation.mainOpen}
        value={text.value}
        onInput={(event) => {
          writing.value = true;
          text.value = event.currentTarget.value;
        }}
        onBlur={() => void save()}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
        }}
      />
    </Section>
  );
}
