import { Avatar, Badge, Button, Icon, IconButton, Menu, Time, toast, type MenuItem } from '@parley/ui';
import type { Conversation, Dialog } from '@parley/client';
import { attempt } from '../app/attempt';
import { showConversation } from '../app/routes';
import { detailsShown, toggleDetails } from '../app/detailsPane';
import { useWorkspace } from '../app/Workspace';
import { OwedBar } from '../inbox/OwedBar';
import { owed } from '../inbox/order';
import type { ConversationActions } from './useConversationActions';

interface ConversationHeadProps {
  readonly conversation: Conversation;
  readonly dialog: Dialog;
  readonly actions: ConversationActions;
}

const closers = { AGENT: 'closed by an agent', CONSUMER: 'closed by the consumer', SYSTEM: 'closed by the server', TIMEOUT: 'closed after silence' } as const;

export function ConversationHead({ conversation, dialog, actions }: ConversationHeadProps) {
  const { client, directory, ready, skew } = useWorkspace();
  const name = directory.consumerName(conversation.consumerId);
  const waits = owed(conversation);
  const present = dialog.consumerPresent.value;
  const can = ready.value && conversation.mainOpen;
  const change = (what: string, ...fields: Readonly<Record<string, unknown>>[]) => void attempt(what, () => client.update(conversation.id, fields));
  const later = (minutes: number) => change('Promising an answer', { field: 'ManualETTR', manualETTR: client.now() + minutes * 60_000 });
  const more: MenuItem[] = [
    { id: 'queue', label: 'Back to queue', icon: 'inbox', keys: 'q', disabled: !can, run: actions.backToQueue },
    ...(['URGENT', 'PRIORITIZED', 'NORMAL'] as const).map((type, index) => ({
      id: type,
      label: { URGENT: 'Urgent', PRIORITIZED: 'Prioritised', NORMAL: 'Normal priority' }[type],
      icon: 'bolt' as const,
      checked: conversation.ttr?.type === type,
      separated: index === 0,
      disabled: !can,
      run: () => change('Changing the priority', { field: 'TTRField', ttrType: type }),
    })),
    { id: 'later-15', label: 'I answer within 15 minutes', icon: 'clock', separated: true, disabled: !can, run: () => later(15) },
    { id: 'later-60', label: 'I answer within an hour', icon: 'clock', disabled: !can, run: () => later(60) },
    { id: 'later-day', label: 'I answer within a day', icon: 'clock', disabled: !can, run: () => later(1440) },
    {
      id: 'copy',
      label: 'Copy the conversation’s id',
      icon: 'copy',
      separated: true,
      run: () =>
        void navigator.clipboard?.writeText(conversation.id).then(
          () => toast('Copied'),
          () => toast('The browser does not let us copy'),
        ),
    },
    ...(actions.canLeave ? [{ id: 'leave', label: 'Leave the conversation', icon: 'logOut' as const, disabled: !ready.value, run: actions.leave }] : []),
  ];
  return (
    <header class="conversation-head">
      <IconButton class="only-narrow" icon="arrowLeft" label="Back to the list" keys="Escape" onClick={() => showConversation(null)} />
      <Avatar id={conversation.consumerId} name={name} url={directory.profile(conversation.consumerId).value?.avatarUrl ?? null} presence={present === null ? undefined : present ? 'online' : 'offline'} />
      <div class="conversation-title">
        <h2 tabIndex={-1} id="conversation-name">
          <bdi>{name}</bdi>
        </h2>
        <p class="conversation-state">
          <span>{directory.skillName(conversation.skillId)}</span>
          {!conversation.mainOpen ? (
            <span>
              {conversation.closeReason === null ? 'Closed' : closers[conversation.closeReason]}
              {conversation.endedAt !== null && (
                <>
                  {' '}
                  <Time at={conversation.endedAt} skew={skew()} />
                </>
              )}
            </span>
          ) : waits ? (
            <OwedBar owed={waits} skew={skew()} />
          ) : (
            <span>Answered</span>
          )}
          {present !== null && conversation.mainOpen && <span class="wide-only">{present ? 'Online now' : 'Not online'}</span>}
          {conversation.ttr?.type === 'URGENT' && <Badge tone="danger">Urgent</Badge>}
          {conversation.ttr?.type === 'PRIORITIZED' && <Badge tone="warning">Prioritised</Badge>}
        </p>
      </div>
      <div class="conversation-buttons">
        {actions.canJoin && (
          <Button size="small" disabled={!can} onClick={actions.join}>
            Join
          </Button>
        )}
        {actions.canTakeOver && (
          <Button size="small" disabled={!can} onClick={actions.takeOver}>
            Take over
          </Button>
        )}
        {conversation.mainOpen && (
          <>
            <IconButton icon="transfer" label="Transfer" keys="t|alt+t" disabled={!can || !actions.mine} onClick={actions.transfer} />
            <Button class="close-button" icon="check" keys="e|alt+e" tip="Ends it for both sides" disabled={!can || !actions.takesPart} busy={actions.closing} onClick={actions.close}>
              Close conversation
            </Button>
          </>
        )}
        <Menu label="More" placement="below-end" items={more}>
          {(button) => <IconButton ref={button.ref} {...button.aria} icon="more" label="More" onClick={button.toggle} />}
        </Menu>
        <IconButton
          icon="info"
          label="About the consumer"
          keys="i|alt+i"
          pressed={detailsShown.value}
          onClick={() => toggleDetails()}
        />
      </div>
      {conversation.topic && (
        <p class="conversation-topic">
          <Icon name="tag" size={12} /> {conversation.topic}
        </p>
      )}
    </header>
  );
}
