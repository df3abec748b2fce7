import type { WorkingHours } from '@parley/client/admin';
import { clock, ErrorText, Select, Switch, toast } from '@parley/ui';
import { FieldNote } from '../form/FieldNote';
import type { Source } from '../form/Source';
import { useField } from '../form/useField';
import { checkWeek, days, hoursOf, normalizeWeek, officeWeek, weekOf, type Day, type Week } from '../model/hours';
import { DayRow } from './DayRow';
import { Holidays } from './Holidays';

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
const zones = () => (typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []);

/** When somebody of the account is there. */
export function WorkingHoursEditor({ source }: { source: Source }) {
  const field = useField<Week | null>(source.of, {
    label: 'Working hours',
    names: { ...source.names, workingHours: 'The account' },
    read() {
      const hours = source.read('workingHours') as WorkingHours | null;
      return hours === null ? null : weekOf(hours);
    },
    check: (week) => (week === null ? null : checkWeek(week)),
    write: (week) => source.save('workingHours', week === null ? null : hoursOf(week)),
  });
  const week = field.value.value;
  const failed = field.status.value === 'failed';
  /** Saves where it is complete; what is not yet waits. */
  const change = (next: Week) => void field.set(normalizeWeek(next));
  const commit = () => {
    const typed = field.value.peek();
    if (typed !== null && field.unsaved.peek()) field.type(normalizeWeek(typed));
    void field.commit();
  };
  const zone = week?.timeZone ?? 'UTC';
  const names = zones();
  const copy = (from: Day) => {
    const to = days.slice(0, 5).filter((day) => day !== from);
    change({ ...week!, days: { ...week!.days, ...Object.fromEntries(to.map((day) => [day, week!.days[from]])) } as Week['days'] });
    toast(`Monday to Friday are as ${from[0]!.toUpperCase()}${from.slice(1)} now`);
  };
  return (
    <div class="set-hours">
      <div class="set-row set-row-switch">
        <Switch
          label="Open at certain hours only"
          hint="Otherwise the account is always open."
          checked={week !== null}
          disabled={source.locked}
          onChange={(on) => void field.set(on ? officeWeek(here()) : null)}
        />
        <FieldNote field={field} isDefault={null} disabled={source.locked} onReset={() => undefined} />
      </div>
      <ErrorText text={field.error.value} />
      {week !== null && (
        <>
          <section class="set-group">
            <h3>Clock</h3>
            <div class="set-zone">
              <Select
                label="Time zone"
                value={zone}
                options={(names.includes(zone) ? names : [zone, ...names]).map((name) => ({ value: name, label: name.replaceAll('_', ' ') }))}
                disabled={source.locked}
                onValue={(timeZone) => change({ ...week, timeZone })}
              />
              <Now zone={zone} />
            </div>
          </section>
          <section class="set-group">
            <h3>Every week</h3>
            <div class="set-days" onFocusOut={commit}>
              {days.map((day) => (
                <DayRow
                  key={day}
                  day={day}
                  week={week}
                  showErrors={failed}
                  locked={source.locked}
                  onType={(ranges) => field.type({ ...week, days: { ...week.days, [day]: ranges } })}
                  onChange={(ranges) => change({ ...week, days: { ...week.days, [day]: ranges } })}
                  onCopy={() => copy(day)}
                />
              ))}
            </div>
          </section>
          <Holidays week={week} showErrors={failed} locked={source.locked} onType={(holidays) => field.type({ ...week, holidays })} onChange={(holidays) => change({ ...week, holidays })} onLeave={commit} />
        </>
      )}
    </div>
  );
}

function Now({ zone }: { zone: string }) {
  try {
    return (
      <p class="set-quiet">
        It is {new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'long', hour: '2-digit', minute: '2-digit' }).format(clock.value)} there now.
      </p>
    );
  } catch {
    return null;
  }
}
