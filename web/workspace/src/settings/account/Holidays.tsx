import { Button, IconButton } from '@parley/ui';
import { isDate, nextRange, type Holiday, type Week } from '../model/hours';
import { RangeInputs } from './RangeInputs';

interface HolidaysProps {
  readonly week: Week;
  readonly showErrors: boolean;
  readonly locked: boolean;
  onType(holidays: readonly Holiday[]): void;
  onChange(holidays: readonly Holiday[]): void;
  onLeave(): void;
}

const long = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Dates with hours of their own, or none. */
export function Holidays({ week: { holidays }, showErrors, locked, onType, onChange, onLeave }: HolidaysProps) {
  const put = (index: number, holiday: Holiday) => holidays.map((one, at) => (at === index ? holiday : one));
  return (
    <section class="set-group">
      <h3>Holidays</h3>
      <div class="set-days" onFocusOut={onLeave}>
        {holidays.length === 0 && <p class="set-quiet set-none">None yet. A holiday has its own hours, or is closed the whole day.</p>}
        {holidays.map((holiday, index) => {
          const name = isDate(holiday.date) ? long.format(new Date(`${holiday.date}T00:00:00Z`)) : 'New holiday';
          return (
            <div key={index} class="set-day set-holiday" role="group" aria-label={name}>
              <input
                type="date"
                class={`ui-input ${showErrors && !isDate(holiday.date) ? 'is-invalid' : ''}`}
                aria-label={`Date of ${name}`}
                aria-invalid={(showErrors && !isDate(holiday.date)) || undefined}
                value={holiday.date}
                disabled={locked}
                onInput={(event) => onType(put(index, { ...holiday, date: event.currentTarget.value }))}
              />
              <span class="set-day-ranges">
                {holiday.ranges.length === 0 && <span class="set-quiet">Closed the whole day</span>}
                {holiday.ranges.map((range, at) => (
                  <RangeInputs
                    key={at}
                    day={name}
                    range={range}
                    showErrors={showErrors}
                    locked={locked}
                    onType={(typed) => onType(put(index, { ...holiday, ranges: holiday.ranges.map((one, place) => (place === at ? typed : one)) }))}
                    onRemove={() => onChange(put(index, { ...holiday, ranges: holiday.ranges.filter((_, place) => place !== at) }))}
                  />
                ))}
              </span>
              {!locked && (
                <span class="set-day-tools">
                  <Button size="small" kind="quiet" icon="plus" aria-label={`Add hours on ${name}`} onClick={() => onChange(put(index, { ...holiday, ranges: [...holiday.ranges, nextRange(holiday.ranges)] }))}>
                    Hours
                  </Button>
                  <IconButton size="small" icon="trash" label={`Remove ${name}`} onClick={() => onChange(holidays.filter((_, at) => at !== index))} />
                </span>
              )}
            </div>
          );
        })}
      </div>
      {!locked && (
        <Button size="small" icon="plus" class="set-add" onClick={() => onType([...holidays, { date: '', ranges: [] }])}>
          Add a holiday
        </Button>
      )}
    </section>
  );
}
