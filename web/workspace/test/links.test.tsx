import { render } from 'preact';
import { expect, it } from 'vitest';
import { LinkText } from '../src/conversation/LinkText';

const links = (text: string) => {
  const place = document.createElement('div');
  render(<LinkText text={text} />, place);
  expect(place.textContent).toBe(text);
  return [...place.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.rel]);
};

it('makes links of addresses of the web, and of nothing else', () => {
  const rel = 'noopener noreferrer';
  expect(links('See https://example.com/a?b=1#c, or (http://x.test/y).')).toEqual([['https://example.com/a?b=1#c', rel], ['http://x.test/y', rel]]);
  expect(links('javascript:alert(1) data:text/html,<b> <a href="https://evil.test">x</a>')).toEqual([['https://evil.test', rel]]);
  expect(links('<img src=x onerror=alert(1)>')).toEqual([]);
});
