import { useState } from 'preact/hooks';

/** Picture or initials. Decoration: the name stands beside it. */
export function Avatar({ name, picture, size }: { name: string; picture: string | null; size: 'small' | 'large' }) {
  const [broken, setBroken] = useState<string | null>(null);
  const safe = picture && /^https?:/i.test(picture) && picture !== broken;
  return (
    <span class={`avatar ${size}`} aria-hidden="true">
      {safe ? <img src={picture} alt="" referrerpolicy="no-referrer" onError={() => setBroken(picture)} /> : initials(name)}
    </span>
  );
}

const initials = (name: string) => {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map(word => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase();
};
