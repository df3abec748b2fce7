import { signal } from '@preact/signals';
import { Dialog } from '../overlay/Dialog';
import { Switch } from '../field/Switch';
import { hotkeys, setSingleKeys, singleKeys, useHotkeys } from './hotkeys';
import { KeyHints } from './KeyHints';

const open = signal(false);

export const showKeySheet = () => (open.value = true);

/** Put once into every application: `?` shows what can be pressed. */
export function KeySheet() {
  useHotkeys([{ keys: '?|mod+/', label: 'Show all keys', group: 'Everywhere', run: showKeySheet }]);
  if (!open.value) return null;
  const groups = groupBy(
    hotkeys.value.filter((hotkey) => hotkey.enabled !== false && hotkey.hidden !== true),
    (hotkey) => hotkey.group,
  );
  return (
    <Dialog title="Keys" size="large" onClose={() => (open.value = false)}>
      <div class="ui-key-sheet">
        {[...groups].map(([group, list]) => (
          <section>
            <h3>{group}</h3>
            <dl>
              {list.map((hotkey) => (
                <div>
                  <dt>{hotkey.label}</dt>
                  <dd>
                    {hotkey.keys.split('|').map((way) => (
                      <KeyHints keys={way} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        label="Keys without Ctrl, Alt or Command"
        hint="Turn them off if they get in the way of speech input or an assistive tool."
        checked={singleKeys.value}
        onChange={setSingleKeys}
      />
    </Dialog>
  );
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
