import { Button, IconButton } from '@parley/ui';
import { nextRange, stretchesOf, type Day, type Range, type Week } from '../model/hours';
import { RangeInputs } from './RangeInputs';

interface DayRowProps {
  readonly day: Day;
  readonly week: Week;
  readonly showErrors: boolean;
  readonly locked: boolean;
  onType(ranges: readonly Range[]): void;
  onChange(ranges: readonly Range[]): void;
  onCopy(): void;
}

/** A weekday: its hours as a picture of the day, and to type. */
export function DayRow({ day, week, showErrors, locked, onType, onChange, onCopy }: DayRowProps) {
  const ranges = week.days[day];
  const name = day[0]!.toUpperCase() + day.slice(1);
  const isWorkday = day !== 'saturday' && day !== 'sunday';
  return (
    <div class="set-day" role="group" aria-label={name}>
      <span class="set-day-name">{name}</span>
      <svg class="set-day-picture" viewBox="0 0 1440 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="set-day-closed" width="1440" height="10" />
        {stretchesOf(week, day).map(({ from, to }) => (
          <rect key={from} class="set-day-open" x={from} width={to - from} height="10" />
        ))}
        {[360, 720, 1080].map((at) => (
          <line key={at} class="set-day-mark" x1={at} x2={at} y1="0" y2="10" />
        ))}
      </svg>
      <span class="set-day-ranges">
        {ranges.length === 0 && <span class="set-quiet">Closed</span>}
        {ranges.map((range, index) => (
          <RangeInputs
            key={index}
            day={name}
            range={range}
            showErrors={showErrors}
            locked={locked}
            onType={(typed) => onType(ranges.map((one, at) => (at === index ? typed : one)))}
            onRemove={() => onChange(ranges.filter((_, at) => at !== index))}
          />
        ))}
      </span>
      {!locked && (
        <span class="set-day-tools">
          <Button size="small" kind="quiet" icon="plus" aria-label={`Add hours on ${name}`} onClick={() => onChange([...ranges, nextRange(ranges)])}>
            Hours
          </Button>
          {isWorkday && ranges.length > 0 && <IconButton size="small" icon="copy" label={`Copy the hours of ${name} to Monday to Friday`} onClick={onCopy} />}
        </span>
      )}
    </div>
  );
}
