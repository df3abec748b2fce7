import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { Skill } from '@parley/client/admin';
import { useWorkspace } from '../../app/Workspace';
import { withOne } from '../Administration';
import { useAdministration } from '../context';
import { AddDialog } from '../form/AddDialog';
import { Loaded } from '../form/Loaded';
import { MasterDetail } from '../form/MasterDetail';
import { go, placeNow } from '../place';
import { SkillForm } from './SkillForm';

export const skillOrder = (skill: Skill): string => skill.id.padStart(18, '0');

/** What conversations can ask for and agents can have. */
export function SkillsView() {
  const administration = useAdministration();
  const { admin, skills, settings } = administration;
  const { directory } = useWorkspace();
  const adding = useSignal(false);
  useEffect(() => void settings.load(), []);
  return (
    <>
      <Loaded resource={skills} name="The skills" shape="rows">
        {(all) => (
          <MasterDetail<Skill>
            section="skills"
            title="Skills"
            icon="tag"
            nothing="No skill yet"
            nothingMore="Skills say which agents a conversation goes to."
            items={all}
            selected={placeNow().item}
            keyOf={(skill) => skill.id}
            words={(skill) => `${skill.name}\n${skill.id}\n${skill.settings.description ?? ''}`}
            add={administration.isAdmin ? { label: 'Add skill', run: () => (adding.value = true) } : null}
            row={(skill) => (
              <span class="set-item-words">
                <span class="set-item-name">{skill.name}</span>
                <span class="set-quiet">
                  {skill.id}
                  {skill.settings.description && `, ${skill.settings.description}`}
                </span>
              </span>
            )}
            detail={(skill) => <SkillForm skill={skill} />}
          />
        )}
      </Loaded>
      {adding.value && (
        <AddDialog
          title="Add a skill"
          button="Add skill"
          onClose={() => (adding.value = false)}
          fields={[
            { key: 'name', label: 'Name', required: true },
            { key: 'id', label: 'Id', hint: 'Digits, as web pages name it; the next free one without.' },
            { key: 'description', label: 'What it is for' },
          ]}
          onAdd={async ({ name, id, description }) => {
            const skill = await admin.addSkill({
              name: name!.trim(),
              ...(id!.trim() === '' ? {} : { id: id!.trim() }),
              ...(description!.trim() === '' ? {} : { settings: { description: description!.trim() } }),
            });
            skills.put((all) => withOne(all, skill, (one) => one.id, skillOrder));
            void directory.loadSkills().catch(() => undefined);
            adding.value = false;
            go('skills', skill.id);
          }}
        />
      )}
    </>
  );
}
