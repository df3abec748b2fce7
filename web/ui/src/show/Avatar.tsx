import { useSignal } from '@preact/signals';

export interface AvatarProps {
  /** Decides the colour. */
  readonly id: string;
  readonly name: string | null;
  readonly url?: string | null;
  readonly size?: 24 | 32 | 40;
  /** A dot at its corner: what it means must also stand in words nearby. */
  readonly presence?: 'online' | 'busy' | 'away' | 'offline' | undefined;
}

/** Decoration beside a name, hidden from assistive tools. */
export function Avatar({ id, name, url, size = 32, presence }: AvatarProps) {
  const failed = useSignal<string | null>(null);
  const showsPicture = !!url && failed.value !== url;
  return (
    <span class={`ui-avatar ui-avatar-${size} ui-hue-${hueOf(id)}`} aria-hidden="true" data-initials={showsPicture ? undefined : initials(name)}>
      {showsPicture && <img src={url} alt="" width={size} height={size} referrerpolicy="no-referrer" loading="lazy" onError={() => (failed.value = url)} />}
      {presence && <span class={`ui-presence ui-presence-${presence}`} />}
    </span>
  );
}

export function hueOf(id: string): number {
  let hash = 7;
  for (const unit of id) hash = (hash * 31 + unit.codePointAt(0)!) >>> 0;
  return hash % 8;
}

export function initials(name: string | null): string {
  const words = (name ?? '').trim().split(/\s+/u).filter(Boolean);
  const first = (word: string) => [...new Intl.Segmenter().segment(word)][0]?.segment.toUpperCase() ?? '';
  if (words.length === 0) return '?';
  return first(words[0]!) + (words.length > 1 ? first(words.at(-1)!) : '');
}
