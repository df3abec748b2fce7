import { Button, Menu, useHotkeys } from '@parley/ui';
import { useSignal } from '@preact/signals';
import { csharpCall } from '../../export/csharp';
import { javascriptCall } from '../../export/javascript';
import { curlCall, wscatOnce } from '../../export/shell';
import { placeholdersIn } from '../../frames/known';
import { pathText } from '../../json/locate';
import { useBench } from '../bench';
import { copyText } from './copy';

/** What is wrong with the draft, and what can be done with it. */
export function ActionBar() {
  const bench = useBench();
  const { draft } = bench;
  const message = draft.message.value!;
  const obstacle = useSignal<string | null>(null);
  const problems = draft.problems.value;
  const left = placeholdersIn(draft.text.value);
  const canFill = left.length > 0 && !draft.parsed.value.error && JSON.stringify(bench.known.fill(draft.value.value)) !== JSON.stringify(draft.value.value);
  const open = bench.connections.value;
  const target = bench.target.value;
  const isWhole = !draft.parsed.value.error;

  const send = async () => {
    obstacle.value = await bench.send();
  };
  useHotkeys([{ keys: 'mod+Enter', label: 'Send the frame', group: 'Message builder', run: () => void send() }]);

  const copies = message.http
    ? [{ id: 'curl', label: 'curl command', icon: 'command' as const, run: () => void copyText(curlCall(message.http!, draft.oneLine()), 'The curl command') }]
    : [
        { id: 'line', label: 'wscat line', hint: 'One line, to paste into an open wscat', icon: 'copy' as const, run: () => void copyText(draft.oneLine(), 'The line for wscat') },
        {
          id: 'command', label: 'wscat command', hint: 'Connects, sends it, prints what comes', icon: 'command' as const,
          run: () => void copyText(wscatOnce(side, target?.options.version ?? (side === 'agent' ? '2.1' : '3'), draft.oneLine()), 'The wscat command'),
        },
        { id: 'csharp', label: 'C# SDK call', hint: 'Parley.Client', icon: 'code' as const, disabled: !isWhole, run: () => void copyText(csharpCall(message, draft.value.value), 'The C# call') },
        { id: 'javascript', label: 'JavaScript SDK call', hint: '@parley/client', icon: 'code' as const, disabled: !isWhole, run: () => void copyText(javascriptCall(message, draft.value.value), 'The JavaScript call') },
      ];
  const side = target?.options.side ?? (bench.dialect.value === 'v2' ? 'agent' : 'consumer');

  return (
    <footer class="b-actions">
      <div class="b-actions-words" role="status">
        {obstacle.value ? (
          <p class="b-wrong">{obstacle.value}</p>
        ) : problems.length > 0 ? (
          <p class="b-wrong">
            {problems[0]!.path.length > 0 && !problems[0]!.message.startsWith(String(problems[0]!.path.at(-1))) && <code>{pathText(problems[0]!.path)}</code>} {problems[0]!.message}
            {problems.length > 1 && ` And ${problems.length - 1} more.`}
          </p>
        ) : left.length > 0 ? (
          <p class="b-quiet">
            To be replaced: <code>{left.join(', ')}</code>
          </p>
        ) : isWhole ? (
          <p class="b-quiet">As the schema has it.</p>
        ) : (
          <p class="b-wrong">Not JSON. It can be sent all the same.</p>
        )}
      </div>
      {canFill && (
        <Button size="small" icon="tag" onClick={() => bench.fill()}>
          Fill in ids
        </Button>
      )}
      <Menu label="Copy as" placement="above-end" items={copies}>
        {button => (
          <Button ref={button.ref} {...button.aria} icon="copy" onClick={button.toggle}>
            Copy as
          </Button>
        )}
      </Menu>
      {!message.http && open.length > 0 && (
        <select class="ui-input b-small" aria-label="Connection to send to" value={bench.targetId.value ?? ''} onChange={event => bench.setTarget(event.currentTarget.value)}>
          {open.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      )}
      <Button kind="primary" icon="send" keys="mod+Enter" onClick={() => void send()}>
        Send
      </Button>
    </footer>
  );
}
