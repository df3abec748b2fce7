import type { Texts } from '../i18n/texts';
import type { WindowOptions } from '../loader/options';
import type { Session } from '../model/session';

/** What every part of the window is given. */
export interface Context {
  readonly session: Session;
  readonly texts: Texts;
  readonly options: WindowOptions;
}
