import { Checkbox, ErrorText } from '@parley/ui';
import { useAdministration } from '../context';
import { FieldNote } from '../form/FieldNote';
import type { Source } from '../form/Source';
import { useField } from '../form/useField';

/** Whose agents have a canned answer. */
export function SkillsOfAnswer({ source }: { source: Source }) {
  const { skills } = useAdministration();
  const field = useField<readonly string[]>(source.of, {
    label: 'Skills',
    names: source.names,
    read: () => source.read('skillIds') as readonly string[],
    write: (ids) => source.save('skillIds', ids),
  });
  const chosen = field.value.value;
  const all = skills.value.value ?? [];
  return (
    <section class="set-group" aria-label="For which skills">
      <h3>For which skills</h3>
      <p class="set-quiet">{chosen.length === 0 ? 'Every agent has it.' : 'Agents with one of these have it, and agents without skills.'}</p>
      <span class="set-checks">
        {all.map((skill) => (
          <Checkbox key={skill.id} label={skill.name} checked={chosen.includes(skill.id)} onChange={(on) => void field.set(all.map((one) => one.id).filter((id) => (id === skill.id ? on : chosen.includes(id))))} />
        ))}
      </span>
      <ErrorText text={field.error.value} />
      <FieldNote field={field} isDefault={chosen.length === 0 ? null : false} fallback="everybody" disabled={false} onReset={() => void field.set([])} />
    </section>
  );
}
