import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Frame } from '../../frames/frame';
import { preview } from '../../frames/preview';
import { useBench } from '../bench';
import { kinds } from './kinds';

const everyMilliseconds = 2000;

/** Says what arrived to those who cannot see it, at most every two seconds: the last frame in words, the others as a number. */
export function Announcer() {
  const { log } = useBench();
  const said = useSignal('');
  useEffect(() => {
    let heard = log.frames.at(-1)?.number ?? 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      timer = undefined;
      const fresh = log.frames.filter(frame => frame.number > heard && !frame.isSent && !frame.isKeepAlive);
      heard = log.frames.at(-1)?.number ?? heard;
      const last = fresh.at(-1);
      if (last) said.value = `${inWords(last)}${fresh.length > 1 ? ` And ${fresh.length - 1} more.` : ''}`;
    };
    const stop = log.version.subscribe(() => (timer ??= setTimeout(say, everyMilliseconds)));
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [log]);
  return (
    <p class="ui-hidden" aria-live="polite">
      {said.value}
    </p>
  );
}

function inWords(frame: Frame): string {
  return frame.kind === 'note' ? `${frame.connection}: ${frame.text}` : `${frame.connection}: ${kinds[frame.kind].label} ${frame.code ?? ''} ${frame.type ?? ''}. ${preview(frame)}`;
}
