import { Badge, Tabs } from '@parley/ui';
import { useSignal } from '@preact/signals';
import { kindsOfMember } from '../../frames/known';
import type { JsonValue } from '../../json/node';
import { schemaSource } from '../../schema/files';
import { useBench } from '../bench';
import { Words } from '../explain/Words';
import { SchemaTable } from '../explain/SchemaTable';
import { JsonText } from '../json/JsonText';
import { JsonView } from '../json/JsonView';
import { ActionBar } from './ActionBar';
import { Workplace } from './Workplace';

type Tab = 'build' | 'schema' | 'source';

/** The chosen message: what it is, the frame being built, its schema. */
export function BuildPane() {
  const bench = useBench();
  const { draft } = bench;
  const tab = useSignal<Tab>('build');
  const message = draft.message.value!;
  const form = draft.form.value!;
  const isRequest = message.direction === 'request';
  const example = form.examples[bench.example.value] ?? form.examples[0]!;
  const dialects = Object.keys(message.forms);

  return (
    <section class="b-build" aria-labelledby="message-title">
      <header class="b-build-head">
        <div class="b-build-titles">
          <h2 id="message-title">{form.shape.title}</h2>
          {message.who === 'agents' && <Badge tone="note">agents only</Badge>}
          {!isRequest && <Badge tone="accent">{message.direction === 'response' ? 'answer' : 'notification'}</Badge>}
        </div>
        <code class="b-type">{form.type}</code>
        <p class="b-build-text">
          <Words text={form.shape.description} />
        </p>
        {message.answers[form.dialect] && (
          <p class="b-quiet">
            A good answer is <code>{message.answers[form.dialect]}</code>; a refusal <code>.ReqBody$ErrorResp</code>.
          </p>
        )}
        <div class="b-build-choices">
          {!message.http && (
            <label class="b-inline">
              Dialect
              <select class="ui-input b-small" value={form.dialect} onChange={event => bench.setDialect(event.currentTarget.value as 'v3' | 'v2')}>
                {dialects.includes('v3') && <option value="v3">consumer, v3</option>}
                {dialects.includes('v2') && <option value="v2">agent, v2 and v2.1</option>}
              </select>
            </label>
          )}
          {form.examples.length > 1 && (
            <label class="b-inline">
              Example
              <select class="ui-input b-small" value={bench.example.value} onChange={event => bench.choose(message, form.dialect, Number(event.currentTarget.value))}>
                {form.examples.map((one, index) => (
                  <option key={index} value={index}>
                    {index + 1}: {gist(one.body ?? '')}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
      </header>
      <Tabs
        label="Views of the message"
        class="b-tabs"
        selected={tab.value}
        onSelect={id => (tab.value = id)}
        tabs={[
          { id: 'build', label: isRequest ? 'Form and JSON' : 'Example' },
          { id: 'schema', label: 'What each member means' },
          ...(form.file ? [{ id: 'source' as const, label: 'JSON Schema' }] : []),
        ]}
      >
        {tab.value === 'schema' ? (
          <SchemaTable shape={form.shape} caption={`Members of ${form.type}`} />
        ) : tab.value === 'source' && form.file ? (
          <div class="b-source" tabIndex={0} role="region" aria-label="JSON Schema">
            <p class="b-quiet">
              <code>{form.file}</code>
            </p>
            <pre>
              <JsonText text={schemaSource(form.file)} />
            </pre>
          </div>
        ) : isRequest ? (
          <Workplace />
        ) : (
          <div class="b-example">
            <JsonView value={example} shape={form.shape} problems={[]} label={`Example of ${form.type}`} />
          </div>
        )}
      </Tabs>
      {isRequest && <ActionBar />}
    </section>
  );
}

/** What an example is about: its body without the ids. */
function gist(value: JsonValue): string {
  const text = JSON.stringify(value, (name, member: unknown) => (kindsOfMember(name).length > 0 || name === 'eventId' ? undefined : member)).replaceAll(/["{}]/g, '').replaceAll(/[:,](?=\S)/g, '$& ') || 'as short as it may be';
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
