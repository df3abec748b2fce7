import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import type { User } from '@parley/client/admin';
import { Avatar, Badge } from '@parley/ui';
import { withOne } from '../Administration';
import { useAdministration } from '../context';
import { AddDialog } from '../form/AddDialog';
import { Loaded } from '../form/Loaded';
import { MasterDetail } from '../form/MasterDetail';
import { go, placeNow } from '../place';
import { AgentForm } from './AgentForm';
import { PasswordTold } from './PasswordTold';
import { roles } from './specs';

/** Who logs in to the account. */
export function AgentsView() {
  const administration = useAdministration();
  const { admin, users, skills } = administration;
  const adding = useSignal(false);
  const told = useSignal<{ readonly who: string; readonly password: string } | null>(null);
  useEffect(() => void skills.load(), []);
  return (
    <>
      <Loaded resource={users} name="The agents" shape="rows">
        {(all) => (
          <MasterDetail<User>
            section="agents"
            title="Agents"
            icon="users"
            nothing="No agent yet"
            nothingMore="Agents log in to the workspace and answer consumers."
            items={all}
            selected={placeNow().item}
            keyOf={(user) => user.id}
            words={(user) => `${user.login}\n${user.nickname}\n${user.fullName}\n${user.email ?? ''}\n${user.skills.map((skill) => skill.name).join('\n')}`}
            add={administration.isAdmin ? { label: 'Add agent', run: () => (adding.value = true) } : null}
            row={(user) => (
              <>
                <Avatar id={user.pid} name={user.nickname} url={user.pictureUrl} />
                <span class="set-item-words">
                  <span class="set-item-name">{user.nickname}</span>
                  <span class="set-quiet">
                    {user.login}
                    {user.role !== 'agent' && `, ${roles.find((role) => role.value === user.role)!.label.toLowerCase()}`}
                    {user.userType === 'bot' && ', bot'}
                  </span>
                </span>
                {!user.enabled && <Badge>Disabled</Badge>}
              </>
            )}
            detail={(user) => <AgentForm user={user} onPassword={(password) => (told.value = { who: user.nickname, password })} />}
          />
        )}
      </Loaded>
      {adding.value && (
        <AddDialog
          title="Add an agent"
          button="Add agent"
          onClose={() => (adding.value = false)}
          fields={[
            { key: 'login', label: 'Login', hint: 'The name to log in with. It cannot be changed.', required: true },
            { key: 'nickname', label: 'Nickname', hint: 'What consumers read; the login without.' },
            { key: 'role', label: 'Role', kind: 'choice', options: roles, initial: 'agent' },
            { key: 'userType', label: 'Type', kind: 'choice', options: [{ value: 'human', label: 'A person' }, { value: 'bot', label: 'A bot' }], initial: 'human' },
            { key: 'password', label: 'Password', hint: 'At least 8 characters. Leave it empty and one is made, and told to you once.' },
          ]}
          onAdd={async ({ login, nickname, role, userType, password }) => {
            const added = await admin.addUser({
              login: login!.trim(),
              role: role as User['role'],
              userType: userType as User['userType'],
              ...(nickname!.trim() === '' ? {} : { nickname: nickname!.trim() }),
              ...(password === '' ? {} : { password: password! }),
            });
            users.put((all) => withOne(all, added.user, (user) => user.id, (user) => user.login));
            adding.value = false;
            go('agents', added.user.id);
            if (added.password !== null) told.value = { who: added.user.nickname, password: added.password };
          }}
        />
      )}
      {told.value !== null && <PasswordTold {...told.value} onClose={() => (told.value = null)} />}
    </>
  );
}
