import { useEffect, useRef, useState } from 'preact/hooks';
import { useSurroundings } from './context';
import { useValue } from './useValue';

const mouths = ['M8 16.5q4-4 8 0', 'M8 16q4-2 8 0', 'M8 15.5h8', 'M8 15q4 2 8 0', 'M8 14.5q4 4 8 0'];

/** Two taps at the end: how it was, and whether the question is answered. Each is kept at once. */
export function Rating() {
  const { session } = useSurroundings();
  const ratable = useValue(session.ratable);
  return ratable && <Questions key={ratable} conversationId={ratable} />;
}

function Questions({ conversationId }: { conversationId: string }) {
  const { session, texts } = useSurroundings();
  const [rate, setRate] = useState<number | null>(null);
  const [done, setDone] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  // The button that had the focus is gone: the next question gets it.
  useEffect(() => {
    if (moved.current) (box.current?.querySelector('button') ?? box.current)?.focus();
  }, [rate, done]);
  const give = (value: number, solved?: boolean) => {
    moved.current = true;
    session.rate(conversationId, value, solved);
    if (solved === undefined) setRate(value);
    else setDone(true);
  };
  return (
    <div ref={box} class="rating" role="group" aria-labelledby="rating" tabIndex={-1}>
      <p id="rating">{done ? texts.thanks : rate === null ? texts.rate : texts.solved}</p>
      {rate === null ? (
        <>
          <div class="faces">
            {mouths.map((mouth, i) => (
              <button key={i} type="button" title={texts.rates[i]} aria-label={texts.rates[i]} onClick={() => give(i + 1)}>
                <svg viewBox="0 0 24 24" width="32" height="32" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" aria-hidden="true">
                  <circle cx="12" cy="12" r="9" /><path d={`${mouth}M9 9.5v.5M15 9.5v.5`} />
                </svg>
              </button>
            ))}
          </div>
          <button type="button" class="link" onClick={() => session.skipRating(conversationId)}>{texts.notNow}</button>
        </>
      ) : (
        !done && (
          <div class="answers">
            <button type="button" class="reply" onClick={() => give(rate, true)}>{texts.yes}</button>
            <button type="button" class="reply" onClick={() => give(rate, false)}>{texts.no}</button>
          </div>
        )
      )}
    </div>
  );
}
