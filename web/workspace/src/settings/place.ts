import { matchPath, navigate, path, type IconName } from '@parley/ui';

export const sections = [
  { id: 'agents', label: 'Agents', icon: 'users', group: 'People and texts' },
  { id: 'skills', label: 'Skills', icon: 'tag', group: 'People and texts' },
  { id: 'answers', label: 'Canned answers', icon: 'bolt', group: 'People and texts' },
  { id: 'brand', label: 'Brand', icon: 'star', group: 'Account' },
  { id: 'promises', label: 'Response promises', icon: 'clock', group: 'Account' },
  { id: 'routing', label: 'Rings and presence', icon: 'bell', group: 'Account' },
  { id: 'hours', label: 'Working hours', icon: 'sun', group: 'Account' },
  { id: 'messages', label: 'Automatic messages', icon: 'mail', group: 'Account' },
  { id: 'closing', label: 'Closing and surveys', icon: 'check', group: 'Account' },
  { id: 'reasons', label: 'Reasons to be away', icon: 'pause', group: 'Account' },
  { id: 'files', label: 'Files', icon: 'attach', group: 'Account' },
  { id: 'access', label: 'Access and limits', icon: 'lock', group: 'Account' },
] as const satisfies readonly { id: string; label: string; icon: IconName; group: string }[];

export type SectionId = (typeof sections)[number]['id'];

export interface Place {
  /** Null where nothing is chosen: a phone then shows the list of sections. */
  readonly section: SectionId | null;
  readonly item: string | null;
}

export function placeNow(): Place {
  const found = matchPath('/workspace/settings/:section/:item', path.value) ?? matchPath('/workspace/settings/:section', path.value);
  return { section: sections.find((one) => one.id === found?.section)?.id ?? null, item: found?.item ?? null };
}

export const pathTo = (section: SectionId | null, item: string | null = null): string =>
  `/workspace/settings${section === null ? '' : `/${section}`}${item === null ? '' : `/${encodeURIComponent(item)}`}`;

export const go = (section: SectionId | null, item: string | null = null): void => navigate(pathTo(section, item));
