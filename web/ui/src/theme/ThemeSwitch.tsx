import { IconButton } from '../button/IconButton';
import { Menu } from '../overlay/Menu';
import { setTheme, theme, type Theme } from './theme';

const names: Readonly<Record<Theme, string>> = { system: 'As the system', light: 'Light', dark: 'Dark' };
const icons = { system: 'monitor', light: 'sun', dark: 'moon' } as const;

export function ThemeSwitch() {
  return (
    <Menu
      label="Colours"
      placement="above-start"
      items={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: names[id], icon: icons[id], checked: theme.value === id, run: () => setTheme(id) }))}
    >
      {(button) => <IconButton ref={button.ref} {...button.aria} icon={icons[theme.value]} label={`Colours: ${names[theme.value].toLowerCase()}`} onClick={button.toggle} />}
    </Menu>
  );
}
