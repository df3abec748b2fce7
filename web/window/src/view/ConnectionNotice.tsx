import { useSurroundings } from './context';
import { useComputed } from './useValue';

/** The one place that says whether what is on the screen is true. */
export function ConnectionNotice() {
  const { session, texts } = useSurroundings();
  const kind = useComputed(() => {
    const connection = session.client.value?.connection.value;
    return connection?.kind === 'connecting' && connection.since === null ? 'first' : connection?.kind;
  }, [session]);
  const text = kind === 'offline' ? texts.offline : kind === 'connecting' ? texts.connecting : kind === 'ended' ? texts.unreachable : null;
  return (
    <div role="status" class={text ? `notice ${kind}` : undefined}>
      {text && <span>{text}</span>}
      {kind === 'offline' && <button type="button" onClick={() => session.client.value?.retryNow()}>{texts.tryAgain}</button>}
      {kind === 'ended' && <button type="button" onClick={() => session.reconnect()}>{texts.tryAgain}</button>}
    </div>
  );
}
