import type { StatusReason } from '@parley/client/admin';
import { Button, Checkbox, ErrorText, IconButton, Select } from '@parley/ui';
import { FieldNote } from '../form/FieldNote';
import type { Source } from '../form/Source';
import { useField } from '../form/useField';
import { same } from '../model/field';

const defaults: readonly StatusReason[] = [
  { id: '1', text: 'Break', state: 'BACK_SOON', enabled: true },
  { id: '2', text: 'Lunch', state: 'AWAY', enabled: true },
  { id: '3', text: 'Meeting', state: 'AWAY', enabled: true },
  { id: '4', text: 'Training', state: 'AWAY', enabled: true },
];

const nextId = (reasons: readonly StatusReason[]) => String(reasons.reduce((most, reason) => Math.max(most, Number(reason.id)), 0) + 1);

/** What agents choose from when they go. */
export function Reasons({ source }: { source: Source }) {
  const field = useField<readonly StatusReason[]>(source.of, {
    label: 'Reasons to be away',
    names: { ...source.names, statusReasons: 'This' },
    read: () => source.read('statusReasons') as readonly StatusReason[],
    check: (reasons) => (reasons.some((reason) => reason.text.trim() === '' || reason.text.length > 128) ? 'Every reason needs 1 to 128 characters.' : null),
    write: (reasons) => source.save('statusReasons', same(reasons, defaults) ? null : reasons),
  });
  const reasons = field.value.value;
  const put = (index: number, change: Partial<StatusReason>) => reasons.map((one, at) => (at === index ? { ...one, ...change } : one));
  return (
    <section class="set-group">
      <ul class="set-lines" onFocusOut={(event) => (event.target as Element).matches('input[type=text]') && void field.commit()}>
        {reasons.map((reason, index) => (
          <li key={reason.id} class="set-line">
            <input
              type="text"
              class="ui-input"
              aria-label={`Reason ${index + 1}`}
              maxLength={128}
              placeholder="What agents read"
              value={reason.text}
              disabled={source.locked}
              onInput={(event) => field.type(put(index, { text: event.currentTarget.value }))}
              onKeyDown={(event) => event.key === 'Enter' && void field.commit()}
            />
            <Select
              label={`State of ${reason.text || 'the new reason'}`}
              hideLabel
              value={reason.state}
              options={[
                { value: 'BACK_SOON', label: 'Back soon' },
                { value: 'AWAY', label: 'Away' },
              ]}
              disabled={source.locked}
              onValue={(state) => void field.set(put(index, { state: state as StatusReason['state'] }))}
            />
            <Checkbox label="Can be chosen" checked={reason.enabled} disabled={source.locked} onChange={(enabled) => void field.set(put(index, { enabled }))} />
            {!source.locked && <IconButton size="small" icon="trash" label={`Remove ${reason.text || 'the new reason'}`} onClick={() => void field.set(reasons.filter((_, at) => at !== index))} />}
          </li>
        ))}
      </ul>
      <ErrorText text={field.error.value} />
      <span class="set-below">
        {!source.locked && (
          <Button size="small" icon="plus" onClick={() => field.type([...reasons, { id: nextId(reasons), text: '', state: 'AWAY', enabled: true }])}>
            Add a reason
          </Button>
        )}
        <FieldNote field={field} isDefault={same(reasons, defaults)} fallback="the usual ones" disabled={source.locked} onReset={() => void field.set(defaults)} />
      </span>
    </section>
  );
}
