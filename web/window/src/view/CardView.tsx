import type { CardElement, CardStyle, Entry } from '@parley/client';
import type { ComponentChildren } from 'preact';
import type { Section } from '../model/rows';
import { useSurroundings } from './context';
import { Icon } from './Icon';
import { SafeLink } from './SafeLink';
import { mapAddress, useClick, type Clickable } from './useClick';

export function CardView({ card, entry, section }: { card: CardElement; entry: Entry; section: Section }) {
  const clickOf = useClick(entry, section);
  return <div class="card"><Element element={card} clickOf={clickOf} /></div>;
}

type ClickOf = ReturnType<typeof useClick>;

function Element({ element, clickOf }: { element: CardElement; clickOf: ClickOf }) {
  const { texts } = useSurroundings();
  switch (element.type) {
    case 'vertical':
    case 'horizontal':
    case 'carousel':
      return (
        <div class={element.type} {...(element.type === 'carousel' && { role: 'group', tabIndex: 0, 'aria-label': texts.messages })}>
          {element.elements.map((child, i) => <Element key={i} element={child} clickOf={clickOf} />)}
        </div>
      );
    case 'text':
      return <Pressable click={clickOf(element.click)} class={`text ${classOf(element.style)}`}><span dir={element.style.rtl ? 'rtl' : 'auto'}>{element.text}</span></Pressable>;
    case 'image':
      return (
        <Pressable click={clickOf(element.click)} class="image" title={element.tooltip}>
          <img src={element.url} alt={element.tooltip ?? element.caption ?? texts.image} loading="lazy" referrerpolicy="no-referrer" />
          {element.caption && <small dir="auto">{element.caption}</small>}
        </Pressable>
      );
    case 'button': {
      const click = clickOf(element.click);
      const label = <span dir="auto">{element.title}</span>;
      return click.href
        ? <SafeLink class={`button ${classOf(element.style)}`} href={click.href} title={element.tooltip ?? undefined} onClick={click.act}>{label}<Icon name="link" size={16} /></SafeLink>
        : <button type="button" class={`button ${classOf(element.style)}`} title={element.tooltip ?? undefined} disabled={click.disabled} onClick={click.act}>{label}</button>;
    }
    case 'map': {
      const click = clickOf(element.click);
      return (
        <SafeLink class="map" href={click.href ?? mapAddress(element.latitude, element.longitude)} onClick={click.act}>
          <Icon name="pin" size={24} /><span dir="auto">{element.tooltip ?? texts.map}</span>
        </SafeLink>
      );
    }
    case 'linkPreview':
      return <SafeLink class="map" href={element.url} onClick={clickOf(element.click).act}><Icon name="link" /><span dir="auto">{element.title || element.url}</span></SafeLink>;
  }
}

/** A link or button if a click does something, else what it is. */
function Pressable({ click, title, children, ...rest }: { click: Clickable; title?: string | null; class: string; children: ComponentChildren }) {
  if (click.href) return <SafeLink {...rest} href={click.href} title={title ?? undefined} onClick={click.act}>{children}</SafeLink>;
  if (!click.disabled) return <button type="button" {...rest} title={title ?? undefined} onClick={click.act}>{children}</button>;
  return <div {...rest} title={title ?? undefined}>{children}</div>;
}

const classOf = ({ bold, italic, size }: CardStyle): string => [bold && 'bold', italic && 'italic', size].filter(Boolean).join(' ');
