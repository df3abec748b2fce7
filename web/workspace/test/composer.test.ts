import { describe, expect, it } from 'vitest';
import { cannedQuery, matchCanned } from '../src/canned/match';
import { fill, fillAll } from '../src/canned/placeholders';
import { Drafts } from '../src/composer/Drafts';

const answer = (id: string, more: object = {}) => ({ id, title: id, text: '', shortcut: null, skillIds: [] as string[], language: null, category: null, ...more });

describe('canned answers', () => {
  it('are asked for by a slash at the beginning of a word', () => {
    expect(cannedQuery('/he', 3)).toEqual({ from: 0, query: 'he' });
    expect(cannedQuery('Dear Ann, /', 11)).toEqual({ from: 10, query: '' });
    expect(cannedQuery('1/2', 3)).toBeNull();
    expect(cannedQuery('https://a', 9)).toBeNull();
    expect(cannedQuery('/he llo', 7)).toBeNull();
    expect(cannedQuery('/hello', 3)).toEqual({ from: 0, query: 'he' });
  });

  it('come with the shortcut itself first, then what begins so, then what contains it', () => {
    const answers = [answer('Other', { text: 'about hours' }), answer('Late hours'), answer('Hours in May', { shortcut: 'may' }), answer('Opening', { shortcut: 'hours' }), answer('No')];
    expect(matchCanned(answers, 'hours', null).map((one) => one.title)).toEqual(['Opening', 'Hours in May', 'Late hours', 'Other']);
  });

  it('prefer those of the skill', () => {
    const answers = [answer('A'), answer('B', { skillIds: ['1001'] })];
    expect(matchCanned(answers, '', '1001').map((one) => one.id)).toEqual(['B', 'A']);
  });

  it('fill in what is known and say what is not', () => {
    expect(fillAll('Hello {firstName}, {agent} of {brand}. {unknown} {firstName}', { agent: 'Ada', firstName: null })).toEqual({
      text: 'Hello {firstName}, Ada of {brand}. {unknown} {firstName}',
      missing: ['firstName', 'brand'],
    });
    expect(fill('{agent}', { agent: '{brand}' })).toBe('{brand}');
  });
});

describe('drafts', () => {
  const storage = () => {
    const kept = new Map<string, string>();
    return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key), kept };
  };

  it('survive a reload, with whether they are private', () => {
    const place = storage();
    new Drafts(place, 'demo.1', 0).set('c1', { text: 'Half a sent', isPrivate: true }, 5);
    const again = new Drafts(place, 'demo.1', 6);
    expect(again.get('c1')).toMatchObject({ text: 'Half a sent', isPrivate: true });
    expect(new Drafts(place, 'demo.2', 6).has('c1')).toBe(false);
  });

  it('are gone when they are empty, and after two weeks', () => {
    const place = storage();
    const drafts = new Drafts(place, 'a', 0);
    drafts.set('c1', { text: 'x', isPrivate: false }, 0);
    drafts.set('c2', { text: 'y', isPrivate: false }, 0);
    drafts.set('c1', { text: '', isPrivate: false }, 0);
    expect(new Drafts(place, 'a', 1).has('c1')).toBe(false);
    expect(new Drafts(place, 'a', 15 * 86_400_000).has('c2')).toBe(false);
    drafts.set('c2', { text: '', isPrivate: false }, 0);
    expect(place.kept.size).toBe(0);
  });

  it('of two pages of one agent do not take each other away', () => {
    const place = storage();
    const [one, other] = [new Drafts(place, 'a', 0), new Drafts(place, 'a', 0)];
    one.set('c1', { text: 'x', isPrivate: false }, 0);
    other.set('c2', { text: 'y', isPrivate: false }, 0);
    expect(new Drafts(place, 'a', 1).conversations).toEqual(['c1', 'c2']);
    one.set('c1', { text: '', isPrivate: false }, 0);
    expect(new Drafts(place, 'a', 1).conversations).toEqual(['c2']);
  });

  it('are all gone after a logout', () => {
    const place = storage();
    const drafts = new Drafts(place, 'a', 0);
    drafts.set('c1', { text: 'x', isPrivate: false }, 0);
    drafts.set('c2', { text: '', isPrivate: true }, 0);
    expect(drafts.conversations).toEqual(['c1']);
    drafts.clear();
    expect(drafts.has('c2')).toBe(false);
    expect(place.kept.size).toBe(0);
  });

  it('live in memory where nothing can be stored, and begin anew where what is stored is broken', () => {
    const broken = { getItem: () => '[["c1",{"text":7}],3', setItem: () => { throw new Error('full'); }, removeItem: () => undefined };
    const drafts = new Drafts(broken, 'a', 0);
    drafts.set('c1', { text: 'x', isPrivate: false }, 0);
    expect(drafts.get('c1').text).toBe('x');
  });
});
