import { useEffect, useMemo } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Skill } from '@parley/client/admin';
import { Banner, Button, toast } from '@parley/ui';
import { useWorkspace } from '../../app/Workspace';
import { withOne } from '../Administration';
import { useAdministration } from '../context';
import { ChoiceRow } from '../form/ChoiceRow';
import { SettingRows } from '../form/SettingRow';
import type { Source } from '../form/Source';
import { text } from '../model/codec';
import { explainRefusal } from '../model/refusal';
import { Saved } from '../model/saved';
import { formatSpan } from '../model/span';
import { namesOf, skillClosing, skillPromises, skillRouting, type Spec } from '../model/specs';
import { go } from '../place';
import { skillOrder } from './SkillsView';

const names: readonly Spec[] = [
  { key: 'name', label: 'Name', kind: { is: 'typed', codec: text(256), wide: true } },
  { key: 'description', label: 'What it is for', kind: { is: 'typed', codec: text(1000), wide: true }, fallback: null },
];
const fallbackAfter: Spec = { key: 'fallbackSeconds', label: 'After', hint: 'So long it waits for agents of its own skill alone.', kind: skillRouting.find((spec) => spec.key === 'waitTargetSeconds')!.kind, fallback: 120 };
const units: Readonly<Record<string, number>> = { ringSeconds: 1, ttrNormalSeconds: 1, ttrPrioritizedSeconds: 1, ttrUrgentSeconds: 1, autoCloseMinutes: 60 };

/** How conversations of one skill are given to agents. */
export function SkillForm({ skill }: { skill: Skill }) {
  const administration = useAdministration();
  const { admin, skills, settings } = administration;
  const { directory } = useWorkspace();
  const removing = useSignal(false);
  const saved = useMemo(
    () =>
      new Saved<Skill>(skill, async (patch) => {
        const changed = await admin.changeSkill(skill.id, patch);
        skills.put((all) => withOne(all, changed, (one) => one.id, skillOrder));
        if ('name' in patch) void directory.loadSkills().catch(() => undefined);
        return changed;
      }),
    [administration, skill.id],
  );
  useEffect(() => saved.replace(skill), [skill]);
  const source: Source = {
    of: saved,
    read: (key) => (key === 'name' ? saved.record.value.name : (saved.record.value.settings as unknown as Record<string, unknown>)[key]),
    save: (key, value) => saved.save(key === 'name' ? { name: value ?? '' } : { settings: { [key]: value } }),
    locked: !administration.isAdmin,
    names: { ...namesOf([...names, ...skillRouting, ...skillPromises, ...skillClosing, fallbackAfter]), fallbackSkillId: 'The other skill' },
    inherited(key) {
      const account = settings.value.value as unknown as Record<string, unknown> | null;
      const value = account?.[key];
      return units[key] !== undefined && typeof value === 'number' ? `As the account: ${formatSpan(value * units[key])}` : undefined;
    },
  };
  const others = (skills.value.value ?? []).filter((one) => one.id !== skill.id);
  const remove = async () => {
    removing.value = true;
    try {
      await admin.removeSkill(skill.id);
      go('skills');
      skills.put((all) => all.filter((one) => one.id !== skill.id));
      toast(`The skill ${skill.name} is removed`, { undo: () => void putBack(skill) });
    } catch (error) {
      toast(explainRefusal(error), { tone: 'danger' });
    }
    removing.value = false;
  };
  const putBack = async ({ id, name, settings: own }: Skill) => {
    try {
      const back = await admin.addSkill({ id, name, settings: own });
      skills.put((all) => withOne(all, back, (one) => one.id, skillOrder));
    } catch (error) {
      toast(`${name} is not back. ${explainRefusal(error)}`, { tone: 'danger' });
    }
  };
  return (
    <>
      <header class="set-card">
        <div class="set-card-words">
          <h2>{saved.record.value.name}</h2>
          <p class="set-quiet">Skill {skill.id}</p>
        </div>
        {!source.locked && (
          <Button size="small" icon="trash" busy={removing.value} onClick={() => void remove()}>
            Remove
          </Button>
        )}
      </header>
      {source.locked && <Banner icon="lock">You may look at this. Administrators change it.</Banner>}
      <section class="set-group">
        <SettingRows specs={names} source={source} />
      </section>
      <section class="set-group">
        <h3>Rings</h3>
        <SettingRows specs={skillRouting} source={source} />
      </section>
      <section class="set-group">
        <h3>When nobody comes</h3>
        <div class="set-rows">
          <ChoiceRow
            name="fallbackSkillId"
            label="Agents of another skill may have it too"
            options={[{ value: '', label: 'No other skill' }, ...others.map((one) => ({ value: one.id, label: one.name }))]}
            fallback=""
            source={source}
          />
          <SettingRows specs={[fallbackAfter]} source={source} />
        </div>
      </section>
      <section class="set-group">
        <h3>Response promises</h3>
        <SettingRows specs={skillPromises} source={source} />
      </section>
      <section class="set-group">
        <h3>Closing</h3>
        <SettingRows specs={skillClosing} source={source} />
      </section>
    </>
  );
}
