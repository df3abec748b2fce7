import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Avatar, Button, Dialog, EmptyState, Icon, SearchInput, Skeleton, Tabs, toast } from '@parley/ui';
import type { Availability, Conversation } from '@parley/client';
import type { Colleague } from '@parley/client/admin';
import { attempt, wordsOf } from '../app/attempt';
import { showConversation } from '../app/routes';
import { availabilityNames, presenceOf } from '../app/StateSwitch';
import { useWorkspace } from '../app/Workspace';
import { byChance } from './byChance';

interface TransferDialogProps {
  readonly conversation: Conversation;
  onClose(): void;
  onBackToQueue(): void;
}

type Target = 'skill' | 'colleague';

/** Hands the conversation to a skill, to a colleague, or back to the queue: typed, chosen with arrows, done with Enter. */
export function TransferDialog({ conversation, onClose, onBackToQueue }: TransferDialogProps) {
  const { admin, client, directory, inbox, ready } = useWorkspace();
  const target = useSignal<Target>('skill');
  const search = useSignal('');
  const at = useSignal(0);
  const busy = useSignal(false);
  const colleagues = useSignal<readonly Colleague[] | null>(null);
  const error = useSignal<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    void directory.loadSkills().catch(() => undefined);
    const load = () =>
      void admin.colleagues().then(
        (found) => {
          colleagues.value = found;
          if (found === null) error.value = 'This server does not tell who is there.';
        },
        (reason: unknown) => (error.value = wordsOf(reason)),
      );
    load();
    const timer = setInterval(load, 5000);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' }), [at.value]);

  const words = search.value.trim().toLocaleLowerCase();
  const skills = [...directory.skills.value]
    .map(([id, name]) => ({ id, name }))
    .filter((skill) => skill.id !== conversation.skillId && skill.name.toLocaleLowerCase().includes(words))
    .sort((a, b) => a.name.localeCompare(b.name));
  const others = (colleagues.value ?? [])
    .filter((one) => one.id !== client.agentId.value && one.nickname.toLocaleLowerCase().includes(words))
    .sort(byChance(conversation.skillId));
  const count = target.value === 'skill' ? skills.length : others.length;
  const name = directory.consumerName(conversation.consumerId);

  const done = (to: string) => {
    onClose();
    toast(`${name} is handed to ${to}`, { tone: 'positive' });
    const next = inbox.neighbour(conversation.id, 1) ?? inbox.neighbour(conversation.id, -1);
    showConversation(next === undefined || innerWidth < 760 ? null : next.id);
  };
  const choose = async (index: number) => {
    if (busy.value || !ready.value) return;
    const skill = skills[index];
    const colleague = others[index];
    busy.value = true;
    if (target.value === 'skill' && skill && (await attempt('The transfer', () => client.transferToSkill(conversation.id, skill.id)))) done(skill.name);
    if (target.value === 'colleague' && colleague && canTake(colleague) && (await attempt('The transfer', () => client.transferToAgent(conversation.id, colleague.id)))) done(colleague.nickname);
    busy.value = false;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      at.value = (at.value + step + count) % count;
    } else if (event.key === 'Enter') {
      event.preventDefault();
      void choose(at.value);
    } else if (event.key === 'Escape' && search.value === '') {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <Dialog
      title={`Transfer ${name}`}
      onClose={onClose}
      class="transfer"
      footer={
        <>
          <Button
            icon="inbox"
            disabled={!ready.value}
            onClick={() => {
              onClose();
              onBackToQueue();
            }}
          >
            Back to queue
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <Tabs
        label="To whom it goes"
        tabs={[
          { id: 'skill', label: 'Skill' },
          { id: 'colleague', label: 'Colleague' },
        ]}
        selected={target.value}
        onSelect={(id) => {
          target.value = id;
          at.value = 0;
        }}
      />
      <div data-search>
        <SearchInput
          label={target.value === 'skill' ? 'Search skills' : 'Search colleagues'}
          value={search.value}
          inputRef={(element) => element?.setAttribute('data-autofocus', '')}
          onValue={(value) => {
            search.value = value;
            at.value = 0;
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {target.value === 'colleague' && error.value !== null && colleagues.value === null ? (
        <EmptyState icon="alert" title="Colleagues cannot be loaded">
          {error.value}
        </EmptyState>
      ) : target.value === 'colleague' && colleagues.value === null ? (
        <Skeleton label="Loading colleagues" rows={4} />
      ) : count === 0 ? (
        <p class="details-none">{words === '' ? (target.value === 'skill' ? 'There is no other skill.' : 'There is nobody else.') : 'Nothing is called so.'}</p>
      ) : (
        <ul ref={list} role="listbox" aria-label={target.value === 'skill' ? 'Skills' : 'Colleagues'} class="transfer-list" tabIndex={0} onKeyDown={onKeyDown}>
          {target.value === 'skill'
            ? skills.map((skill, index) => (
                <li key={skill.id} role="option" aria-selected={index === at.value} class="transfer-one" onClick={() => void choose(index)} onMouseMove={() => (at.value = index)}>
                  <Icon name="tag" />
                  <span class="transfer-name">{skill.name}</span>
                </li>
              ))
            : others.map((one, index) => (
                <li
                  key={one.id}
                  role="option"
                  aria-selected={index === at.value}
                  aria-disabled={!canTake(one) || undefined}
                  class="transfer-one"
                  onClick={() => void choose(index)}
                  onMouseMove={() => (at.value = index)}
                >
                  <Avatar id={one.id} name={one.nickname} size={24} presence={presenceOf[one.availability as Availability]} />
                  <span class="transfer-name">{one.nickname}</span>
                  <span class="transfer-state">
                    {availabilityNames[one.availability as Availability]}
                    {one.availability === 'OFFLINE' ? '' : `, ${one.freeSlots} free`}
                  </span>
                </li>
              ))}
        </ul>
      )}
    </Dialog>
  );
}

const canTake = (one: Colleague) => (one.availability === 'ONLINE' || one.availability === 'OCCUPIED') && one.freeSlots > 0;
