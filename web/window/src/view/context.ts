import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Texts } from '../i18n/texts';
import type { WindowOptions } from '../loader/options';
import type { Session } from '../model/session';

export interface Surroundings {
  readonly session: Session;
  readonly texts: Texts;
  readonly options: WindowOptions;
}

export const Surrounding = createContext<Surroundings>(null as unknown as Surroundings);

export const useSurroundings = (): Surroundings => useContext(Surrounding);
