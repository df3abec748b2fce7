import type { ComponentChildren } from 'preact';
import type { CardElement, CardStyle, Click } from '@parley/client';
import { Icon } from '@parley/ui';

/** A rich card as the consumer sees it; buttons that would answer in his place do nothing here. */
export function CardView({ card }: { readonly card: CardElement }) {
  return (
    <div class="card">
      <Element element={card} />
    </div>
  );
}

function Element({ element }: { readonly element: CardElement }) {
  switch (element.type) {
    case 'vertical':
    case 'horizontal':
    case 'carousel':
      return (
        <div class={`card-${element.type}`} {...(element.type === 'carousel' ? { tabIndex: 0, role: 'group', 'aria-label': 'Cards side by side' } : {})}>
          {element.elements.map((child, index) => (
            <Element key={index} element={child} />
          ))}
        </div>
      );
    case 'text':
      return (
        <Clickable click={element.click}>
          <p class={`card-text ${styleOf(element.style)}`} dir={element.style.rtl ? 'rtl' : 'auto'}>
            {element.text}
          </p>
        </Clickable>
      );
    case 'image':
      return (
        <figure class="card-image">
          <Clickable click={element.click}>
            <img src={element.url} alt={element.caption ?? element.tooltip ?? ''} loading="lazy" referrerpolicy="no-referrer" />
          </Clickable>
          {element.caption && <figcaption>{element.caption}</figcaption>}
        </figure>
      );
    case 'button':
      return (
        <span class="card-button" title={element.tooltip ?? undefined}>
          <Clickable click={element.click}>{element.title}</Clickable>
        </span>
      );
    case 'map': {
      const place = `${element.latitude},${element.longitude}`;
      return (
        <a class="card-map" href={`https://www.openstreetmap.org/?mlat=${element.latitude}&mlon=${element.longitude}#map=15/${element.latitude}/${element.longitude}`} target="_blank" rel="noopener noreferrer">
          <Icon name="map" /> {element.tooltip ?? place}
        </a>
      );
    }
    case 'linkPreview':
      return (
        <a class="card-link" href={element.url} target="_blank" rel="noopener noreferrer">
          <Icon name="link" /> {element.title || element.url}
        </a>
      );
  }
}

function Clickable({ click, children }: { readonly click: Click | null; readonly children: ComponentChildren }) {
  const link = click?.actions.find((action) => action.type === 'link');
  if (link === undefined) return <>{children}</>;
  return (
    <a href={link.uri} target="_blank" rel="noopener noreferrer" title={link.name ?? undefined}>
      {children}
    </a>
  );
}

const styleOf = (style: CardStyle) => [style.bold ? 'is-bold' : '', style.italic ? 'is-italic' : '', style.size ? `is-${style.size}` : ''].join(' ');
