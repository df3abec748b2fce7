import type { Strings } from './strings';

/** Each is a file of its own; a page loads the one it speaks. */
export const languages = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
  fr: async () => (await import('./fr')).fr,
  es: async () => (await import('./es')).es,
  ja: async () => (await import('./ja')).ja,
  ar: async () => (await import('./ar')).ar,
} satisfies Record<string, () => Promise<Strings>>;
