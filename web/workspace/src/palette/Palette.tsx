import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Dialog, hotkeys, Icon, KeyHints, navigate, type IconName } from '@parley/ui';
import { showConversation } from '../app/routes';
import { showPreferences } from '../app/PreferencesDialog';
import { useWorkspace } from '../app/Workspace';
import { rank } from './rank';
import { paletteOpen } from './state';

interface Command {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: IconName;
  readonly keys?: string;
  run(): void;
}

/** Everything by name: what can be done now, conversations, views. */
export function Palette() {
  return paletteOpen.value ? <OpenPalette /> : null;
}

function OpenPalette() {
  const { client, directory, inbox } = useWorkspace();
  const query = useSignal('');
  const at = useSignal(0);
  const list = useRef<HTMLUListElement>(null);
  const close = () => (paletteOpen.value = false);
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView?.({ block: 'nearest' }), [at.value]);

  const actions: Command[] = hotkeys
    .peek()
    .filter((hotkey) => hotkey.enabled !== false && hotkey.hidden !== true)
    .map((hotkey) => ({ id: `key ${hotkey.keys}`, label: hotkey.label, hint: hotkey.group, icon: 'command', keys: hotkey.keys, run: () => hotkey.run(new KeyboardEvent('keydown')) }));
  const leads = client.role.value === 'manager' || client.role.value === 'admin';
  const views: Command[] = [
    { id: 'preferences', label: 'Preferences', hint: 'Everywhere', icon: 'settings', run: showPreferences },
    ...(leads ? [{ id: 'queue', label: 'Manager view', hint: 'Go', icon: 'chart' as const, run: () => navigate('/workspace/manager') }] : []),
    ...(leads ? [{ id: 'settings', label: 'Settings', hint: 'Go', icon: 'settings' as const, run: () => navigate('/workspace/settings') }] : []),
  ];
  const conversations: Command[] = (inbox.rows.value ?? []).slice(0, 200).map((one) => ({
    id: one.id,
    label: directory.consumerName(one.consumerId),
    hint: one.last?.text ?? directory.skillName(one.skillId),
    icon: 'conversations',
    run: () => showConversation(one.id),
  }));
  const wanted = query.value.trim();
  const all = [...actions, ...views, ...conversations];
  const found =
    wanted === ''
      ? [...actions, ...views, ...conversations.slice(0, 5)]
      : all
          .map((command) => ({ command, rank: rank(`${command.label} ${command.hint}`, wanted) }))
          .filter((one): one is { command: Command; rank: number } => one.rank !== null)
          .sort((a, b) => a.rank - b.rank)
          .slice(0, 40)
          .map((one) => one.command);
  const run = (command: Command | undefined) => {
    if (!command) return;
    close();
    // The dialog gives the focus back first.
    queueMicrotask(() => command.run());
  };
  return (
    <Dialog title="Find anything" bare class="palette" onClose={close}>
      <div class="palette-search">
        <Icon name="search" size={20} />
        <input
          data-autofocus
          role="combobox"
          aria-label="Find anything"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found.length > 0 ? `palette-${at.value}` : undefined}
          placeholder="Find an action, a conversation, a view"
          value={query.value}
          onInput={(event) => {
            query.value = event.currentTarget.value;
            at.value = 0;
          }}
          onKeyDown={(event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined && found.length > 0) {
              event.preventDefault();
              at.value = (at.value + step + found.length) % found.length;
            } else if (event.key === 'Enter') {
              event.preventDefault();
              run(found[at.value]);
            }
          }}
        />
      </div>
      <ul ref={list} id="palette-list" role="listbox" aria-label="What was found" class="palette-list">
        {found.map((command, index) => (
          <li
            key={command.id}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === at.value}
            class="palette-one"
            onMouseMove={() => (at.value = index)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <span class="palette-label">{command.label}</span>
            <span class="palette-hint">{command.hint}</span>
            {command.keys && <KeyHints keys={command.keys} />}
          </li>
        ))}
      </ul>
      {found.length === 0 && <p class="palette-none">Nothing is called “{wanted}”.</p>}
    </Dialog>
  );
}
