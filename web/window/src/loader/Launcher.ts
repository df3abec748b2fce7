import { launcherTexts, type Language } from './languages';

const bubble = 'M4 12a8 8 0 1 1 3.2 6.4L4 19.5l.9-3.3A8 8 0 0 1 4 12Z';

/** The round button on the page. Drawn by hand, so that pages whose visitors never open it load little. */
export class Launcher {
  readonly button = document.createElement('button');
  readonly #badge = document.createElement('span');
  readonly #problem = document.createElement('p');
  readonly #language: Language;

  constructor(root: HTMLElement, language: Language) {
    this.#language = language;
    this.button.type = 'button';
    this.button.className = 'launcher';
    this.button.ariaHasPopup = 'dialog';
    this.#badge.className = 'badge';
    this.#badge.ariaHidden = 'true';
    this.#problem.className = 'problem';
    this.#problem.role = 'alert';
    this.show(0, '');
    this.button.append(picture(), this.#badge);
    root.append(this.button, this.#problem);
  }

  /** The number of unread messages, and that in words. */
  show(unread: number, words: string): void {
    const [open] = launcherTexts[this.#language];
    this.button.ariaLabel = unread ? `${open}, ${words}` : open;
    this.#badge.hidden = !unread;
    this.#badge.textContent = unread > 99 ? '99+' : String(unread);
  }

  /** While it is being loaded; afterwards whether that failed. */
  busy(busy: boolean, failed = false): void {
    this.button.ariaBusy = String(busy);
    this.#problem.textContent = failed ? launcherTexts[this.#language][1] : '';
  }
}

function picture(): SVGSVGElement {
  const make = <Name extends 'svg' | 'path'>(name: Name, attributes: Record<string, string>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const svg = make('svg', { viewBox: '0 0 24 24', width: '28', height: '28', fill: 'none', stroke: 'currentColor', 'stroke-width': '1.5', 'stroke-linejoin': 'round', 'aria-hidden': 'true' });
  svg.append(make('path', { d: bubble }));
  return svg;
}
