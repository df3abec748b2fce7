import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon, Menu, useHotkeys, type MenuItem } from '@parley/ui';
import type { Availability } from '@parley/client';
import type { StatusReason } from '@parley/client/admin';
import { attempt } from './attempt';
import { useWorkspace } from './Workspace';

export const availabilityNames: Readonly<Record<Availability, string>> = {
  ONLINE: 'Online',
  OCCUPIED: 'Occupied',
  BACK_SOON: 'Back soon',
  AWAY: 'Away',
  OFFLINE: 'Offline',
};

export const presenceOf = { ONLINE: 'online', OCCUPIED: 'busy', BACK_SOON: 'away', AWAY: 'away', OFFLINE: 'offline' } as const;

const hints: Partial<Record<Availability, string>> = {
  ONLINE: 'New conversations ring',
  OCCUPIED: 'Only what a colleague hands to you rings',
  AWAY: 'Nothing rings; what you have stays yours',
};

/** What this agent says of himself, and the reasons his account gives to choose from. */
export function StateSwitch() {
  const { admin, client, ready } = useWorkspace();
  const reasons = useSignal<readonly StatusReason[]>([]);
  const button = useRef<HTMLButtonElement | null>(null);
  const changing = useSignal(false);
  useEffect(() => void admin.statusReasons().then((list) => (reasons.value = list), () => undefined), [admin]);
  useHotkeys([{ keys: 's|alt+s', label: 'Change your state', group: 'Everywhere', enabled: ready.value, run: () => button.current?.click() }]);
  const state = client.state.value;
  // The server tells the words of a reason, not its id.
  const chosen = reasons.value.find((one) => one.state === state?.availability && (one.id === state.reasonId || (state.reasonId === null && one.text === state.description)));
  const choose = (availability: Availability, reasonId?: string) => {
    changing.value = true;
    void attempt('Changing your state', () => client.setState(availability, reasonId)).finally(() => (changing.value = false));
  };
  const items: MenuItem[] = (['ONLINE', 'OCCUPIED', 'BACK_SOON', 'AWAY'] as const).flatMap((availability) => [
    {
      id: availability,
      label: availabilityNames[availability],
      ...(hints[availability] ? { hint: hints[availability] } : {}),
      checked: state?.availability === availability && chosen === undefined,
      run: () => choose(availability),
    },
    ...reasons.value
      .filter((one) => one.enabled && one.state === availability)
      .map((reason) => ({
        id: `${availability} ${reason.id}`,
        label: `${availabilityNames[availability]}: ${reason.text}`,
        checked: chosen?.id === reason.id,
        run: () => choose(availability, reason.id),
      })),
  ]);
  const words = state === null ? 'Your state' : (chosen?.text ?? availabilityNames[state.availability]);
  return (
    <Menu label="Your state" placement="right" items={items}>
      {(menu) => (
        <button
          ref={(element) => {
            menu.ref.current = element;
            button.current = element;
          }}
          {...menu.aria}
          type="button"
          class="rail-state"
          disabled={!ready.value}
          aria-busy={changing.value || undefined}
          aria-label={`Your state: ${words}`}
          data-tip={`Your state: ${words}`}
          data-keys="s"
          onClick={menu.toggle}
        >
          <span class={`state-dot state-${state === null ? 'offline' : presenceOf[state.availability]}`}>{state?.availability === 'ONLINE' && <Icon name="check" size={12} />}</span>
          <span class="rail-word">{words}</span>
        </button>
      )}
    </Menu>
  );
}
