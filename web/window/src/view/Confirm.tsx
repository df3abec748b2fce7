import { useEffect, useRef } from 'preact/hooks';
import { useSurroundings } from './context';

export type Question = 'end' | 'forget';

/** Asks once before something that cannot be taken back. */
export function Confirm({ question, done }: { question: Question; done: () => void }) {
  const { session, texts } = useSurroundings();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), [question]);
  const act = () => {
    done();
    const id = session.conversation.value?.id;
    if (question === 'forget') session.forget();
    else if (id) void session.client.value?.closeConversation(id);
  };
  return (
    <div class="confirm" role="group" aria-labelledby="question">
      <p id="question">{question === 'end' ? texts.endSure : texts.forgetSure}</p>
      <button ref={first} type="button" class="quiet" onClick={done}>{texts.cancel}</button>
      <button type="button" class="strong" onClick={act}>{question === 'end' ? texts.end : texts.forget}</button>
    </div>
  );
}
