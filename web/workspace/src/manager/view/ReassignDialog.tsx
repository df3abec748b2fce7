import { useSignal } from '@preact/signals';
import type { Conversation } from '@parley/client';
import { Avatar, Dialog, EmptyState, SearchInput, Tabs, toast } from '@parley/ui';
import { attempt } from '../../app/attempt';
import { handToSkill } from '../changes';
import { useFloor } from '../context';
import { receiversOf, stateNames } from '../model/agents';

/** To whom else a conversation goes: an agent who is there, or a skill's queue. */
export function ReassignDialog({ conversation, onClose }: { conversation: Conversation; onClose(): void }) {
  const floor = useFloor();
  const to = useSignal<'agent' | 'skill'>('agent');
  const search = useSignal('');
  const busy = useSignal(false);
  const name = floor.directory.consumerName(conversation.consumerId);
  const fits = (text: string) => text.toLocaleLowerCase().includes(search.value.trim().toLocaleLowerCase());

  const hand = async (done: string, act: () => Promise<void>) => {
    if (busy.value) return;
    busy.value = true;
    const good = await attempt('Reassigning', act);
    busy.value = false;
    if (!good) return;
    toast(done, { tone: 'positive' });
    onClose();
  };
  const receivers = receiversOf(floor.agents.value, conversation).filter(({ row: { agent } }) => fits(`${agent.nickname} ${agent.login} ${agent.skills.map((skill) => skill.name).join(' ')}`));
  const skills = (floor.snapshot.value?.queue.bySkill ?? []).filter((row) => row.skillId !== null && fits(row.name));
  return (
    <Dialog title={`Reassign the conversation with ${name}`} onClose={onClose} class="mgr-reassign">
      <Tabs
        label="To whom"
        tabs={[
          { id: 'agent', label: 'To an agent' },
          { id: 'skill', label: 'To a skill' },
        ]}
        selected={to.value}
        onSelect={(id) => (to.value = id)}
      />
      <SearchInput label={to.value === 'agent' ? 'Find an agent' : 'Find a skill'} value={search.value} onValue={(text) => (search.value = text)} />
      {to.value === 'agent' ? (
        receivers.length === 0 ? (
          <EmptyState icon="users" title="No such agent" />
        ) : (
          <ul class="mgr-choices" aria-label="Agents">
            {receivers.map(({ row, hasSkill, obstacle }) => (
              <li key={row.agent.pid}>
                <button
                  type="button"
                  class="mgr-choice"
                  aria-disabled={obstacle !== null || busy.value || undefined}
                  onClick={() => obstacle === null && void hand(`The conversation with ${name} goes to ${row.agent.nickname}`, () => floor.client.reassign(conversation.id, row.agent.userId))}
                >
                  <Avatar id={row.agent.pid} name={row.agent.nickname} size={24} presence={row.agent.takes === 'all' ? 'online' : row.agent.takes === 'transfers' ? 'busy' : 'offline'} />
                  <span class="mgr-choice-words">
                    <span>{row.agent.nickname}</span>
                    <span class="mgr-quiet">
                      {obstacle ?? `${stateNames[row.agent.state]}, ${row.freeSlots} of ${row.agent.maxSlots} slots free`}
                      {obstacle === null && !hasSkill && ', lacks the skill'}
                    </span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )
      ) : skills.length === 0 ? (
        <EmptyState icon="tag" title="No such skill" />
      ) : (
        <ul class="mgr-choices" aria-label="Skills">
          {skills.map((row) => {
            const same = row.skillId === conversation.skillId && conversation.assignedAgentId === null;
            return (
              <li key={row.skillId}>
                <button
                  type="button"
                  class="mgr-choice"
                  aria-disabled={same || busy.value || undefined}
                  onClick={() => !same && void hand(`The conversation with ${name} waits for ${row.name}`, () => handToSkill(floor.client, conversation, row.skillId!))}
                >
                  <span class="mgr-choice-words">
                    <span>{row.name}</span>
                    <span class="mgr-quiet">
                      {same ? 'It waits there already' : row.agentsOnline === 0 ? 'nobody is online' : `${row.agentsOnline} online, ${row.freeSlots} slots free`}, {row.waiting} waiting
                    </span>
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </Dialog>
  );
}
