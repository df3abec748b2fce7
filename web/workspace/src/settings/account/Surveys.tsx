import { useEffect } from 'preact/hooks';
import { Button, ErrorText, IconButton, Select } from '@parley/ui';
import { useAdministration } from '../context';
import { FieldNote } from '../form/FieldNote';
import type { Source } from '../form/Source';
import { useField } from '../form/useField';

type Surveys = Readonly<Record<string, { readonly agent: string; readonly appInstallId?: string | null }>>;

/** Which bot asks after a conversation, by its skill. */
export function Surveys({ source }: { source: Source }) {
  const { users, skills } = useAdministration();
  useEffect(() => {
    void users.load();
    void skills.load();
  }, []);
  const field = useField<Surveys>(source.of, {
    label: 'Surveys',
    names: source.names,
    read: () => (source.read('surveys') as Surveys | null) ?? {},
    check: (surveys) => (Object.values(surveys).some((survey) => survey.agent.trim() === '') ? 'Choose who asks.' : null),
    write: (surveys) => source.save('surveys', Object.keys(surveys).length === 0 ? null : surveys),
  });
  const surveys = field.value.value;
  const bots = (users.value.value ?? []).filter((user) => user.userType === 'bot');
  const places = [{ value: '*', label: 'All other skills' }, ...(skills.value.value ?? []).map((skill) => ({ value: skill.id, label: skill.name }))];
  const free = places.filter((place) => surveys[place.value] === undefined);
  const botOf = (name: string) => bots.find((bot) => [bot.login, bot.id, bot.pid, bot.userId].includes(name));
  const move = (from: string, to: string) => void field.set(Object.fromEntries(Object.entries(surveys).map(([key, survey]) => [key === from ? to : key, survey])));
  return (
    <section class="set-group">
      <h3>Surveys</h3>
      <p class="set-quiet">A bot asks when a conversation has ended that an agent had. The consumer answers in the same window.</p>
      <ul class="set-lines">
        {Object.entries(surveys).map(([skill, survey]) => (
          <li key={skill} class="set-line">
            <Select
              label="Skill"
              hideLabel
              value={skill}
              options={places.filter((place) => place.value === skill || surveys[place.value] === undefined).concat(places.some((place) => place.value === skill) ? [] : [{ value: skill, label: `Skill ${skill}` }])}
              disabled={source.locked}
              onValue={(to) => move(skill, to)}
            />
            <Select
              label="Who asks"
              hideLabel
              value={botOf(survey.agent)?.login ?? survey.agent}
              options={[...bots.map((bot) => ({ value: bot.login, label: bot.nickname })), ...(botOf(survey.agent) ? [] : [{ value: survey.agent, label: survey.agent || 'Choose a bot' }])]}
              disabled={source.locked}
              onValue={(agent) => void field.set({ ...surveys, [skill]: { ...survey, agent } })}
            />
            <input
              type="text"
              class="ui-input"
              aria-label="Application it answers to"
              placeholder="Application (if any)"
              value={survey.appInstallId ?? ''}
              disabled={source.locked}
              onInput={(event) => field.type({ ...surveys, [skill]: { agent: survey.agent, appInstallId: event.currentTarget.value.trim() || null } })}
              onBlur={() => void field.commit()}
              onKeyDown={(event) => event.key === 'Enter' && void field.commit()}
            />
            {!source.locked && (
              <IconButton size="small" icon="trash" label={`Remove the survey of ${places.find((place) => place.value === skill)?.label ?? skill}`} onClick={() => void field.set(Object.fromEntries(Object.entries(surveys).filter(([key]) => key !== skill)))} />
            )}
          </li>
        ))}
      </ul>
      <ErrorText text={field.error.value} />
      <span class="set-below">
        {!source.locked && bots.length > 0 && free.length > 0 && (
          <Button size="small" icon="plus" onClick={() => void field.set({ ...surveys, [free[0]!.value]: { agent: bots[0]!.login } })}>
            Add a survey
          </Button>
        )}
        {users.value.value !== null && bots.length === 0 && <span class="set-quiet">There is no bot yet: add an agent of the type bot first.</span>}
        <FieldNote field={field} isDefault={null} disabled={source.locked} onReset={() => undefined} />
      </span>
    </section>
  );
}
