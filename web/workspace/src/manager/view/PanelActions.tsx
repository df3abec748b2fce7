import { useSignal } from '@preact/signals';
import type { Conversation } from '@parley/client';
import { Button, Dialog, IconButton, Menu, navigate, toast, useHotkeys, type MenuItem } from '@parley/ui';
import { attempt } from '../../app/attempt';
import { pathOf } from '../../app/routes';
import { useWorkspace } from '../../app/Workspace';
import { closeAsManager } from '../changes';
import { useFloor } from '../context';
import { ReassignDialog } from './ReassignDialog';
import { useStanding } from './useStanding';

/** What a manager does with somebody else's conversation. */
export function PanelActions({ conversation }: { conversation: Conversation }) {
  const { client, directory } = useFloor();
  const { ready } = useWorkspace();
  const { mine, takesPart } = useStanding(conversation);
  const busy = useSignal<string | null>(null);
  const asking = useSignal(false);
  const closing = useSignal(false);
  const name = directory.consumerName(conversation.consumerId);
  const can = ready.value && conversation.mainOpen && busy.value === null;

  const run = async (what: string, done: string, act: () => Promise<void>) => {
    busy.value = what;
    if (await attempt(what, act)) toast(done, { tone: 'positive' });
    busy.value = null;
  };
  const join = () => run('Joining', `You joined the conversation with ${name}`, () => client.join(conversation.id));
  const leave = () => run('Leaving', `You left the conversation with ${name}`, () => client.leave(conversation.id));
  const takeOver = () => run('Taking over', `The conversation with ${name} is yours now`, () => client.takeOver(conversation.id));
  const backToQueue = () => run('Giving it back', `The conversation with ${name} is back in the queue`, () => client.backToQueue(conversation.id));
  const close = () => run('Closing', `The conversation with ${name} is closed`, () => closeAsManager(client, conversation));

  useHotkeys([
    { keys: 'j', label: 'Join, or leave', group: 'Manager view', enabled: can && !mine, run: () => void (takesPart ? leave() : join()) },
    { keys: 'o', label: 'Take over', group: 'Manager view', enabled: can && !mine, run: () => void takeOver() },
    { keys: 'r', label: 'Reassign', group: 'Manager view', enabled: can, run: () => (asking.value = true) },
  ]);
  if (!conversation.mainOpen) return null;

  const more: MenuItem[] = [
    { id: 'queue', label: 'Back to queue', icon: 'inbox', hint: 'Whoever comes first gets it', disabled: !can || conversation.assignedAgentId === null, run: () => void backToQueue() },
    ...(takesPart ? [{ id: 'mine', label: 'Open among my conversations', icon: 'conversations' as const, run: () => navigate(pathOf(conversation.id)) }] : []),
    { id: 'close', label: 'Close conversation', icon: 'check', separated: true, danger: true, hint: 'Ends it for both sides', disabled: !can, run: () => (closing.value = true) },
  ];
  return (
    <div class="mgr-actions">
      {!mine && (
        <Button keys="j" tip={takesPart ? 'Nobody will be told' : 'Write beside the agent'} disabled={!can} busy={busy.value === 'Joining' || busy.value === 'Leaving'} onClick={() => void (takesPart ? leave() : join())}>
          {takesPart ? 'Leave' : 'Join'}
        </Button>
      )}
      {!mine && (
        <Button keys="o" tip="It becomes yours" disabled={!can} busy={busy.value === 'Taking over'} onClick={() => void takeOver()}>
          Take over
        </Button>
      )}
      <Button icon="transfer" keys="r" tip="To another agent or skill" disabled={!can} onClick={() => (asking.value = true)}>
        Reassign
      </Button>
      <Menu label="More" placement="below-end" items={more}>
        {(button) => <IconButton ref={button.ref} {...button.aria} icon="more" label="More" onClick={button.toggle} />}
      </Menu>
      {closing.value && (
        <Dialog
          title={`Close the conversation with ${name}?`}
          size="small"
          onClose={() => (closing.value = false)}
          footer={
            <>
              <Button onClick={() => (closing.value = false)}>Keep it open</Button>
              <Button
                kind="primary"
                data-autofocus
                onClick={() => {
                  closing.value = false;
                  void close();
                }}
              >
                Close conversation
              </Button>
            </>
          }
        >
          <p>It ends for both sides and cannot be opened again. When {name} writes, a new conversation begins.</p>
        </Dialog>
      )}
      {asking.value && <ReassignDialog conversation={conversation} onClose={() => (asking.value = false)} />}
    </div>
  );
}
