import { linkify } from '../model/linkify';
import { SafeLink } from './SafeLink';

/** Text is text; only addresses in it can be clicked. */
export const TextView = ({ text }: { text: string }) => (
  <div class="bubble" dir="auto">
    {linkify(text).map((part, i) => (part.href ? <SafeLink key={i} href={part.href}>{part.text}</SafeLink> : part.text))}
  </div>
);
