import { find } from '../catalog/catalog';
import { meaningOf } from '../catalog/codes';
import type { Form, Message } from '../catalog/message';
import type { JsonValue } from '../json/node';
import { type Problem, validate } from '../schema/validate';
import type { Frame } from './frame';
import { read } from './FrameLog';

export interface Explanation {
  readonly value: JsonValue | undefined;
  readonly message: Message | null;
  readonly form: Form | null;
  /** In a sentence: what this frame is. */
  readonly summary: string;
  /** Where it differs from its schema. */
  readonly problems: readonly Problem[];
  /** Of an error: what the code means, and what to do. */
  readonly advice: string | null;
}

const explained = new WeakMap<Frame, Explanation>();

/** What a frame is, held against its schema. Done when it is first looked at, and kept. */
export function explain(frame: Frame): Explanation {
  let explanation = explained.get(frame);
  if (!explanation) explained.set(frame, (explanation = make(frame)));
  return explanation;
}

function make(frame: Frame): Explanation {
  const value = read(frame.text);
  const nothing = { value, message: null, form: null, problems: [], advice: null };
  if (frame.kind === 'note') return { ...nothing, value: undefined, summary: frame.text };
  const meaning = frame.code !== null && frame.code >= 400 ? meaningOf(frame.code) : null;
  const advice = meaning && `${meaning.when} ${meaning.advice}`;
  if (frame.connection === 'HTTP') return { ...nothing, advice, summary: frame.isSent ? 'A request over HTTP.' : 'The answer to a request over HTTP.' };
  if (value === undefined) return { ...nothing, summary: 'This is not JSON: the server can only refuse it.' };
  const direction = frame.isSent ? 'request' : frame.kind === 'notification' ? 'notification' : 'response';
  const found = frame.type === null ? null : find(direction, frame.type, frame.dialect);
  if (!found) {
    const summary =
      frame.type === null ? 'It has no type, so nobody can tell what it is.'
      : frame.isSent ? `${frame.type} is not a request that the server knows.`
      : `${frame.type} is not described by the schemas of this dialect.`;
    return { ...nothing, advice, summary };
  }
  const { message, form } = found;
  return { value, message, form, advice, summary: `${form.shape.title}. ${form.shape.description}`, problems: validate(form.schema, value) };
}
