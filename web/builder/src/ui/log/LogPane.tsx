import { Button, EmptyState, IconButton, Menu, SearchInput, VirtualList, type VirtualListHandle } from '@parley/ui';
import { useCallback, useRef } from 'preact/hooks';
import { recordingLines } from '../../export/lines';
import { recordingJson } from '../../export/recording';
import { recordingScript } from '../../export/script';
import type { Frame } from '../../frames/frame';
import { useBench } from '../bench';
import { saveText } from '../build/copy';
import { Announcer } from './Announcer';
import { FrameRow } from './FrameRow';
import { allKinds, kinds } from './kinds';
import type { LogState } from './LogState';

/** What goes over the connections, as it goes. */
export function LogPane({ state }: { readonly state: LogState }) {
  const bench = useBench();
  const shown = state.shown.value;
  const expanded = state.expanded.value;
  const total = bench.log.frames.length;
  const recording = state.recording.value;
  const isRecording = recording !== null && recording.to === null;
  const isPaused = state.pausedAt.value !== null;
  const list = useRef<VirtualListHandle | null>(null);
  const toggle = useCallback(
    (number: number) => {
      state.toggle(number);
      if (!state.expanded.peek().has(number)) return;
      // When it has been drawn and measured, all of it is to be seen.
      requestAnimationFrame(() => requestAnimationFrame(() => list.current?.scrollTo(String(number), 'start')));
    },
    [state],
  );
  const keyOf = useCallback((frame: Frame) => String(frame.number), []);
  const now = () => new Date();
  const connections = [...new Set([...bench.connections.value.map(({ id }) => id), ...(bench.log.frames.some(({ connection }) => connection === 'HTTP') ? ['HTTP'] : [])])];

  return (
    <section class="b-log" aria-labelledby="log-title">
      <div class="b-log-bar">
        <h2 id="log-title">Frames</h2>
        <span class="b-quiet b-count">{shown.length === total ? total : `${shown.length} of ${total}`}</span>
        <span class="b-grow" />
        {isRecording ? (
          <Button size="small" kind="danger" icon="pause" onClick={() => state.stopRecording()}>
            {`Stop recording (${state.recorded.value.length})`}
          </Button>
        ) : (
          <Button size="small" icon="record" onClick={() => state.record()}>
            Record
          </Button>
        )}
        <Menu
          label="Save"
          placement="below-end"
          items={[
            { id: 'script', label: 'wscat script', hint: 'A shell script that plays it again', icon: 'command', run: () => saveText(recordingScript(state.toSave(), now()), 'conversation.sh', 'text/x-shellscript') },
            { id: 'lines', label: 'Lines to paste', hint: 'Connect with wscat, then line by line', icon: 'copy', run: () => saveText(recordingLines(state.toSave()), 'conversation.txt', 'text/plain') },
            { id: 'json', label: 'JSON', hint: 'Every frame with its time and kind', icon: 'code', run: () => saveText(recordingJson(state.toSave(), now()), 'conversation.json', 'application/json') },
          ]}
        >
          {button => (
            <Button ref={button.ref} {...button.aria} size="small" icon="download" disabled={total === 0} onClick={button.toggle}>
              {recording ? 'Save recording' : 'Save'}
            </Button>
          )}
        </Menu>
        <IconButton icon={isPaused ? 'play' : 'pause'} size="small" label={isPaused ? 'Go on showing new frames' : 'Hold the log still'} pressed={isPaused} onClick={() => state.togglePause()} />
        <IconButton icon="trash" size="small" label="Clear the log" onClick={() => state.clear()} />
      </div>
      <div class="b-log-filters">
        <SearchInput label="Search frames" value={state.words.value} onValue={value => (state.words.value = value)} />
        <select class="ui-input b-small" aria-label="Connection shown" value={state.connection.value ?? ''} onChange={event => (state.connection.value = event.currentTarget.value || null)}>
          <option value="">All connections</option>
          {connections.map(id => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
        <div class="b-kinds" role="group" aria-label="Kinds of frames shown">
          {allKinds.map(kind => (
            <button key={kind} type="button" class={`b-kind-chip is-${kind}`} aria-pressed={state.kinds.value.has(kind)} onClick={() => state.toggleKind(kind)}>
              {kinds[kind].plural}
            </button>
          ))}
          <button type="button" class="b-kind-chip" aria-pressed={state.keepAlives.value} onClick={() => (state.keepAlives.value = !state.keepAlives.peek())}>
            Keep-alives
          </button>
        </div>
      </div>
      {isPaused && (
        <p class="b-paused" role="status">
          Held still. {total - (bench.log.frames.findLastIndex(({ number }) => number <= state.pausedAt.value!) + 1)} frames have come since.
        </p>
      )}
      {bench.log.dropped.value > 0 && <p class="b-quiet b-dropped">The oldest {bench.log.dropped.value.toLocaleString('en')} frames were let go.</p>}
      <div class="b-log-list">
        {shown.length === 0 ? (
          total === 0 ? (
            <EmptyState icon="conversations" title="Nothing has been sent yet">
              Connect as a consumer, as an agent, or as both. What you send and what arrives stands here, each frame with its explanation.
            </EmptyState>
          ) : (
            <EmptyState icon="filter" title="No frame is like that">
              Take away a filter to see more.
            </EmptyState>
          )
        ) : (
          <VirtualList items={shown} keyOf={keyOf} estimate={50} anchor="end" handle={list} label="Frames" class="b-frames" render={(frame, { tabIndex }) => <FrameRow frame={frame} isOpen={expanded.has(frame.number)} tabIndex={tabIndex} onToggle={toggle} />} />
        )}
      </div>
      <Announcer />
    </section>
  );
}
