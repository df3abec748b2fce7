import { describe, expect, it } from 'vitest';
import { languages } from '../src/i18n/languages';
import type { Plural, Strings } from '../src/i18n/strings';
import { textsOf } from '../src/i18n/texts';
import { directionOf, launcherTexts, pickLanguage, type Language } from '../src/loader/languages';

const names = Object.keys(languages) as Language[];
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(match => match[0]).sort();
const all = Object.fromEntries(await Promise.all(names.map(async name => [name, await languages[name]()]))) as unknown as Record<Language, Strings>;

describe.each(names)('%s', name => {
  const strings = all[name] as unknown as Record<string, string | readonly string[] | Plural>;

  it('has every text, with the same placeholders as English', () => {
    expect(Object.keys(strings)).toEqual(Object.keys(all.en));
    for (const [key, english] of Object.entries(all.en) as [string, string][]) {
      if (typeof english !== 'string') continue;
      expect(strings[key], key).toMatch(/\S/);
      expect(placeholders(strings[key] as string), key).toEqual(placeholders(english));
    }
    expect(strings.rates).toHaveLength(5);
  });

  it('has the plural forms that it needs, and no others', () => {
    const categories = [...new Intl.PluralRules(name).resolvedOptions().pluralCategories];
    for (const key of ['unread', 'newBelow']) {
      const forms = Object.keys(strings[key] as Plural);
      // French and Spanish have `many` for millions only.
      const needed = categories.filter(category => category !== 'many' || name === 'ar');
      expect(forms.sort(), key).toEqual(needed.sort());
    }
  });

  it('is told by the launcher too, in the same words', () => {
    expect(launcherTexts[name][0]).toBe(all[name].open);
  });
});

it('counts as the language counts', () => {
  const texts = (name: Language) => textsOf(name, all[name]);
  const say = (name: Language, n: number) => texts(name).plural(all[name].unread, n);
  expect(say('en', 1)).toBe('1 unread message');
  expect(say('en', 2)).toBe('2 unread messages');
  expect(say('fr', 0)).toBe('0 message non lu');
  expect(say('ar', 2)).toBe('رسالتان غير مقروءتين');
  expect(say('ar', 3)).toMatch(/رسائل/);
  expect(say('ja', 5)).toBe('未読メッセージ 5 件');
});

it('says times as people do', () => {
  const texts = textsOf('en', all.en);
  const now = new Date(2026, 10, 25, 12, 0).getTime();
  expect(texts.day(now - 3_600_000, now)).toBe('Today');
  expect(texts.day(now - 86_400_000, now)).toBe('Yesterday');
  expect(texts.day(now - 3 * 86_400_000, now)).toBe('Sunday, November 22');
  expect(texts.day(now - 400 * 86_400_000, now)).toMatch(/2025/);
  expect(texts.duration(10)).toBe('1 minute');
  expect(texts.duration(150)).toBe('3 minutes');
  expect(texts.duration(7200)).toBe('2 hours');
  expect(texts.size(3 * 1048576)).toBe('3 MB');
});

it('takes the first language that there is', () => {
  expect(pickLanguage('de-AT')).toBe('de');
  expect(pickLanguage('pt-BR', null, 'fr')).toBe('fr');
  expect(pickLanguage('', 'xx', undefined)).toBe('en');
  expect(pickLanguage('constructor')).toBe('en');
  expect(directionOf('ar')).toBe('rtl');
  expect(directionOf('ja')).toBe('ltr');
});
