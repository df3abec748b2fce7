import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Floor } from './Floor';

export const FloorContext = createContext<Floor | null>(null);

export function useFloor(): Floor {
  const floor = useContext(FloorContext);
  if (floor === null) throw new Error('Only within the manager view.');
  return floor;
}
