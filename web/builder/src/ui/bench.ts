import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Bench } from '../Bench';

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  return useContext(BenchContext)!;
}
