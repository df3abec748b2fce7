import type { SkillOfUser } from '@parley/client/admin';
import { ErrorText, IconButton, Select } from '@parley/ui';
import { useAdministration } from '../context';
import { FieldNote } from '../form/FieldNote';
import type { Source } from '../form/Source';
import { useField } from '../form/useField';

/** The skills of an agent and how soon each is given to him. */
export function SkillsOfAgent({ source }: { source: Source }) {
  const { skills } = useAdministration();
  const field = useField<readonly SkillOfUser[]>(source.of, {
    label: 'Skills',
    names: source.names,
    read: () => source.read('skills') as readonly SkillOfUser[],
    check: (own) => (own.every((skill) => Number.isInteger(skill.priority) && skill.priority >= 1 && skill.priority <= 1000) ? null : 'A priority is 1 to 1000.'),
    write: (own) => source.save('skills', own.map(({ id, priority }) => ({ id, priority }))),
  });
  const own = field.value.value;
  const rest = (skills.value.value ?? []).filter((skill) => own.every((one) => one.id !== skill.id));
  return (
    <section class="set-group">
      <h3>Skills</h3>
      <p class="set-quiet">{own.length === 0 ? 'Without skills, conversations of every skill come here.' : 'Of agents who could have a conversation, those whose priority for its skill is lower come first.'}</p>
      <ul class="set-lines">
        {own.map((skill) => (
          <li key={skill.id} class="set-line">
            <span class="set-line-name">{skill.name}</span>
            <label class="set-priority">
              <span>Priority</span>
              <input
                type="text"
                inputMode="numeric"
                class="ui-input set-time"
                aria-label={`Priority of ${skill.name}`}
                value={Number.isNaN(skill.priority) ? '' : skill.priority}
                disabled={source.locked}
                onInput={(event) => field.type(own.map((one) => (one.id === skill.id ? { ...one, priority: /^\d+$/.test(event.currentTarget.value) ? Number(event.currentTarget.value) : NaN } : one)))}
                onBlur={() => void field.commit()}
                onKeyDown={(event) => event.key === 'Enter' && void field.commit()}
              />
            </label>
            {!source.locked && <IconButton size="small" icon="close" label={`Take ${skill.name} away`} onClick={() => void field.set(own.filter((one) => one.id !== skill.id))} />}
          </li>
        ))}
      </ul>
      <ErrorText text={field.error.value} />
      <span class="set-below">
        {!source.locked && rest.length > 0 && (
          <Select
            label="Add a skill"
            hideLabel
            class="set-add-skill"
            value=""
            options={[{ value: '', label: 'Add a skill…' }, ...rest.map((skill) => ({ value: skill.id, label: skill.name }))]}
            onValue={(id) => {
              const skill = rest.find((one) => one.id === id);
              if (skill !== undefined) void field.set([...own, { id, name: skill.name, priority: 1 }]);
            }}
          />
        )}
        <FieldNote field={field} isDefault={null} disabled={source.locked} onReset={() => undefined} />
      </span>
    </section>
  );
}
