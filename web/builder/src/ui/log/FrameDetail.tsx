import { Button, Icon } from '@parley/ui';
import { explain } from '../../frames/explain';
import type { Frame } from '../../frames/frame';
import { pathText } from '../../json/locate';
import { useBench } from '../bench';
import { copyText } from '../build/copy';
import { JsonView } from '../json/JsonView';
import { milliseconds } from './FrameRow';

/** Everything about a frame: what it is, how it differs from its schema, member by member. */
export function FrameDetail({ frame }: { readonly frame: Frame }) {
  const bench = useBench();
  const { value, form, message, summary, advice, problems } = explain(frame);
  return (
    <div class="b-detail">
      <p>{summary}</p>
      {advice && (
        <p class="b-advice">
          <Icon name="info" />
          <span>
            <strong>{frame.code}</strong> {advice}
          </span>
        </p>
      )}
      {frame.asked !== null && (
        <p class="b-quiet">
          Answers frame {frame.asked}, {milliseconds(frame.latency ?? 0)} later.
        </p>
      )}
      {problems.length > 0 && (
        <div class="b-deviations">
          <p>Differs from its schema:</p>
          <ul>
            {problems.map(problem => (
              <li key={pathText(problem.path) + problem.message}>
                <code>{pathText(problem.path) || 'the frame'}</code> {problem.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      {value === undefined ? frame.text !== '' && <pre class="b-view-text">{frame.text}</pre> : <JsonView value={value} shape={form?.shape ?? null} problems={problems} label={`Frame ${frame.number}`} />}
      {frame.kind !== 'note' && (
        <div class="b-detail-actions">
          <Button size="small" kind="quiet" icon="copy" onClick={() => void copyText(frame.text, 'The frame')}>
            Copy
          </Button>
          {frame.isSent && frame.connection !== 'HTTP' && (
            <Button size="small" kind="quiet" icon="edit" onClick={() => bench.take(frame)}>
              Build another like it
            </Button>
          )}
          {message && (
            <Button size="small" kind="quiet" icon="book" onClick={() => bench.choose(message, frame.dialect)}>
              {`About ${message.title.toLowerCase()}`}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
