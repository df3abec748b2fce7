import { expect, test } from 'vitest';
import { explainRefusal, memberOf } from '../../src/settings/model/refusal';

const refused = (status: number, message = '', retryAfterSeconds: number | null = null) => ({ status, message, retryAfterSeconds });

test.each([
  [0, /cannot be reached/],
  [401, /Log in again/],
  [403, /role/],
  [404, /removed it/],
  [429, /Try again in 3 s/],
  [503, /cannot store/],
  [500, /failed \(500\)/],
])('%i is told in plain words', (status, words) => expect(explainRefusal(refused(status, 'x', 3))).toMatch(words));

test('what the server says of a member is said of its field', () => {
  expect(explainRefusal(refused(400, 'ringSeconds must be 1 or more.'), { ringSeconds: 'Ring time' })).toBe('Ring time must be 1 or more.');
  expect(explainRefusal(refused(400, 'limits.textCharacters must be 1 or more.'), { 'limits.textCharacters': 'Longest text' })).toBe('Longest text must be 1 or more.');
  expect(explainRefusal(refused(409, 'The skill sales cannot be removed: the agent ada has it.'))).toBe('The skill sales cannot be removed: the agent ada has it.');
});

test('a refusal finds its field', () => {
  expect(memberOf(refused(400, 'email must be a mail address.'), ['login', 'email'])).toBe('email');
  expect(memberOf(refused(400, 'A password has at least 8 characters.'), ['login', 'password'])).toBe('password');
  expect(memberOf(refused(503, 'email'), ['email'])).toBeNull();
});
