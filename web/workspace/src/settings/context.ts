import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Administration } from './Administration';

export const AdministrationContext = createContext<Administration | null>(null);

export function useAdministration(): Administration {
  const administration = useContext(AdministrationContext);
  if (administration === null) throw new Error('Only within the settings.');
  return administration;
}
