import { Button, IconButton, useHotkeys } from '@parley/ui';
import { useSignal } from '@preact/signals';
import type { Connection } from '../../connection/Connection';
import { useBench } from '../bench';
import { ConnectDialog } from './ConnectDialog';

const phases = { opening: 'opening', open: 'open', closed: 'closed' } as const;

/** The connections there are, and the way to another. */
export function ConnectionsBar() {
  const bench = useBench();
  const asking = useSignal(false);
  useHotkeys([{ keys: 'alt+n', label: 'New connection', group: 'Message builder', run: () => (asking.value = true) }]);
  return (
    <section class="b-connections" aria-label="Connections">
      <ul>
        {bench.connections.value.map(connection => (
          <Row key={connection.id} connection={connection} />
        ))}
      </ul>
      <Button icon="plus" size="small" kind={bench.connections.value.length === 0 ? 'primary' : 'secondary'} keys="alt+n" onClick={() => (asking.value = true)}>
        Connect
      </Button>
      {asking.value && <ConnectDialog onClose={() => (asking.value = false)} />}
    </section>
  );
}

function Row({ connection }: { readonly connection: Connection }) {
  const bench = useBench();
  const { id, options } = connection;
  const phase = connection.phase.value;
  return (
    <li class={`b-connection is-${options.side}`}>
      <span class={`b-phase is-${phase}`} aria-hidden="true" />
      <span class="b-connection-words">
        <span>
          <strong>{id}</strong> {options.who}
        </span>
        <span class="b-quiet">
          v{options.version}, {phases[phase]}
          {phase === 'closed' && connection.end.value ? `. ${connection.end.value}` : ''}
        </span>
      </span>
      {phase === 'closed' ? (
        <IconButton icon="refresh" size="small" label={`Connect ${id} again`} onClick={() => connection.open()} />
      ) : (
        <IconButton icon="offline" size="small" label={`Close ${id}, to come back later`} onClick={() => connection.close()} />
      )}
      <IconButton icon="close" size="small" label={`Remove ${id}`} onClick={() => bench.disconnect(connection)} />
    </li>
  );
}
