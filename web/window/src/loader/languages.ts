/** What the launcher says before the window itself is loaded. */
export const launcherTexts = {
  en: ['Open chat', 'The chat cannot be reached. Please try again.'],
  de: ['Chat öffnen', 'Der Chat ist nicht erreichbar. Bitte nochmal versuchen.'],
  fr: ['Ouvrir la messagerie', 'La messagerie est injoignable. Veuillez réessayer.'],
  es: ['Abrir el chat', 'No se puede acceder al chat. Inténtelo de nuevo.'],
  ja: ['チャットを開く', 'チャットに接続できません。もう一度お試しください。'],
  ar: ['فتح المحادثة', 'تعذر الوصول إلى المحادثة. حاول مرة أخرى.'],
} as const;

export type Language = keyof typeof launcherTexts;

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr');

/** The first of the wishes that there is a translation for; `de-AT` is served by `de`. */
export function pickLanguage(...wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = wish?.trim().toLowerCase().split(/[-_]/)[0];
    if (language && Object.hasOwn(launcherTexts, language)) return language as Language;
  }
  return 'en';
}
