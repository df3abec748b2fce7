import { useComputed, useSignal } from '@preact/signals';
import { Banner, ErrorState, Skeleton } from '@parley/ui';
import { useFloor } from '../context';
import { hoursOf } from '../model/day';
import { formatCount, formatSeconds, formatTick } from '../model/figures';
import { scaleFor, spanScaleFor } from '../model/plot';
import { Plot } from './Plot';

const counted = (value: number | null) => (value === null ? '–' : formatCount(value));

/** How the day went, hour by hour. */
export function DayPlots() {
  const floor = useFloor();
  const looked = useSignal<number | null>(null);
  const hours = useComputed(() => (floor.today.value === null ? null : hoursOf(floor.today.value, floor.timeZone.value)));
  const today = floor.today.value;
  if (today === null || hours.value === null) {
    return floor.todayError.value === null ? (
      <Skeleton label="The day so far" rows={4} shape="blocks" />
    ) : (
      <ErrorState title="The figures of the day are not there" onRetry={() => void floor.readDay()}>
        {floor.todayError.value}
      </ErrorState>
    );
  }
  const { total } = today;
  const current = hours.value.find((hour) => hour.current);
  const common = { hours: hours.value, looked };
  return (
    <section aria-labelledby="mgr-day">
      <h2 id="mgr-day" class="ui-hidden">
        The day so far
      </h2>
      {!today.complete && <Banner>What happened before the server was started is still being counted.</Banner>}
      <div class="mgr-plots">
        <Plot {...common} title="Arrivals" summary={`${formatCount(total.opened)} today`} of={(hour) => hour.opened} format={counted} tick={formatCount} scale={scaleFor} shape="bars" />
        <Plot {...common} title="Waiting at the hour's end" summary={`${counted(current?.waiting ?? 0)} now`} of={(hour) => hour.waiting} format={counted} tick={formatCount} scale={scaleFor} shape="line" />
        <Plot {...common} title="Average wait" summary={total.waitAverageSeconds === null ? 'none yet' : `${formatSeconds(total.waitAverageSeconds)} today`} of={(hour) => hour.waitSeconds} format={formatSeconds} tick={formatTick} scale={spanScaleFor} shape="line" />
        <Plot {...common} title="Average first answer" summary={total.answerAverageSeconds === null ? 'none yet' : `${formatSeconds(total.answerAverageSeconds)} today`} of={(hour) => hour.answerSeconds} format={formatSeconds} tick={formatTick} scale={spanScaleFor} shape="line" />
      </div>
    </section>
  );
}
