import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { CannedAnswer } from '@parley/client/admin';
import { KeyHints } from '@parley/ui';
import { withOne } from '../Administration';
import { useAdministration } from '../context';
import { AddDialog } from '../form/AddDialog';
import { Loaded } from '../form/Loaded';
import { MasterDetail } from '../form/MasterDetail';
import { go, placeNow } from '../place';
import { AnswerForm } from './AnswerForm';

export const answerOrder = (answer: CannedAnswer): string => `${answer.title}\n${answer.id}`;

/** Texts that agents insert instead of typing them. */
export function AnswersView() {
  const { admin, answers, skills } = useAdministration();
  const adding = useSignal(false);
  useEffect(() => void skills.load(), []);
  return (
    <>
      <Loaded resource={answers} name="The canned answers" shape="rows">
        {(all) => (
          <MasterDetail<CannedAnswer>
            section="answers"
            title="Canned answers"
            icon="bolt"
            nothing="No canned answer yet"
            nothingMore="What agents write again and again stands here, and is put in with a few keys."
            items={all}
            selected={placeNow().item}
            keyOf={(answer) => answer.id}
            words={(answer) => `${answer.title}\n${answer.shortcut ?? ''}\n${answer.text}\n${answer.category ?? ''}`}
            add={{ label: 'Add answer', run: () => (adding.value = true) }}
            row={(answer) => (
              <>
                <span class="set-item-words">
                  <span class="set-item-name">{answer.title}</span>
                  <span class="set-quiet set-cut">{answer.text}</span>
                </span>
                {answer.shortcut !== null && <span class="set-shortcut">/{answer.shortcut}</span>}
              </>
            )}
            detail={(answer) => <AnswerForm answer={answer} />}
          />
        )}
      </Loaded>
      {adding.value && (
        <AddDialog
          title="Add a canned answer"
          button="Add answer"
          onClose={() => (adding.value = false)}
          fields={[
            { key: 'title', label: 'Title', hint: 'What agents choose it by.', required: true },
            { key: 'text', label: 'Text', kind: 'long', required: true },
            { key: 'shortcut', label: 'Shortcut', hint: 'Typed after a slash: lower-case letters, digits and hyphens.' },
          ]}
          onAdd={async ({ title, text, shortcut }) => {
            const answer = await admin.addCannedAnswer({ title: title!.trim(), text: text!, ...(shortcut!.trim() === '' ? {} : { shortcut: shortcut!.trim().replace(/^\//, '') }) });
            answers.put((list) => withOne(list, answer, (one) => one.id, answerOrder));
            adding.value = false;
            go('answers', answer.id);
          }}
        >
          <p class="set-quiet">
            Agents put it in with <KeyHints keys="/" /> and the shortcut. Skills and placeholders come next.
          </p>
        </AddDialog>
      )}
    </>
  );
}
