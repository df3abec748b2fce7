import { expect, it } from 'vitest';
import { linkify } from '../src/model/linkify';

const links = (text: string) => linkify(text).filter(part => part.href).map(part => [part.text, part.href]);

it.each([
  ['see https://example.com/a?b=c#d.', [['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d']]],
  ['(https://en.wikipedia.org/wiki/Bean_(food))', [['https://en.wikipedia.org/wiki/Bean_(food)', 'https://en.wikipedia.org/wiki/Bean_(food)']]],
  ['www.example.com, please', [['www.example.com', 'https://www.example.com/']]],
  ['write to ada@example.com!', [['ada@example.com', 'mailto:ada@example.com']]],
  ['"https://example.com"', [['https://example.com', 'https://example.com/']]],
  ['اقرأ https://example.com/ar، شكرا', [['https://example.com/ar', 'https://example.com/ar']]],
  ['javascript:alert(1) data:text/html,x file:///etc/passwd vbscript:x', []],
  ['https://', []],
  ['nothing at all', []],
])('%s', (text, expected) => {
  expect(links(text)).toEqual(expected);
  expect(linkify(text).map(part => part.text).join('')).toBe(text);
});

it('leads nowhere but to the web and to mail, whatever is thrown at it', () => {
  const pieces = ['javascript:', 'https://', 'JaVaScRiPt:', '\u0000', '"', '<', '>', 'www.', 'a.b', '@', ' ', '\n', '//', 'data:', '()', ')', '%0a', 'é', '😀'];
  let seed = 1;
  const next = (n: number) => (seed = (seed * 48271) % 2147483647) % n;
  for (let i = 0; i < 3000; i++) {
    const text = Array.from({ length: 1 + next(8) }, () => pieces[next(pieces.length)]).join('');
    const parts = linkify(text);
    expect(parts.map(part => part.text).join('')).toBe(text);
    for (const { href } of parts) expect(href ?? 'https:').toMatch(/^(https?|mailto):/);
  }
});

it('takes no longer for a long text', () => {
  const text = `${'a@'.repeat(20_000)} ${'www.'.repeat(20_000)} ${'('.repeat(40_000)}`;
  const start = performance.now();
  linkify(text);
  expect(performance.now() - start).toBeLessThan(1_000);
});
