import { directionOf, pickLanguage, type Language } from './languages';

export interface WindowOptions {
  /** Origin the script came from: the server. */
  readonly server: string;
  readonly account: string;
  readonly language: Language;
  readonly side: 'left' | 'right';
  /** Distance from the edges of the page, in CSS pixels. */
  readonly offset: readonly [x: number, y: number];
  readonly accent: string | null;
  readonly greeting: string | null;
  readonly title: string | null;
  readonly skill: string | null;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Name of a function of the page that returns the brand's token, or a promise of it. */
  readonly tokenCallback: string | null;
  readonly connector: string | null;
  /** False when the page has a button of its own and calls `Parley.open()`. */
  readonly launcher: boolean;
}

/** Reads the attributes of the script tag. `page`: the `lang` of the page, which counts when none is named. */
export function readOptions(data: Readonly<Record<string, string | undefined>>, source: string, page: string, browser: string): WindowOptions {
  const text = (name: string) => data[name]?.trim() || null;
  const language = text('language');
  const numbers = (text('offset') ?? '').split(/[\s,]+/).map(Number).filter(n => n >= 0 && n <= 1000);
  const [x = 20, y = x] = text('offset') ? numbers : [];
  const theme = text('theme');
  const spoken = pickLanguage(language === 'auto' ? null : language, page, browser);
  return {
    server: new URL(source).origin,
    account: text('account') ?? '',
    language: spoken,
    side: text('position')?.endsWith('left') ? 'left' : text('position')?.endsWith('right') || directionOf(spoken) === 'ltr' ? 'right' : 'left',
    offset: [x, y],
    accent: text('accent'),
    greeting: text('greeting'),
    title: text('title'),
    skill: text('skill'),
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    tokenCallback: text('token'),
    connector: text('connector'),
    launcher: text('launcher') !== 'none',
  };
}
