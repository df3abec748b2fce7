import { expect, test } from 'vitest';
import page from '../../../../docs/routing.md?raw';
import { closing, messages, promises, routing, skillRouting } from '../../src/settings/model/specs';

/** The defaults in the tables of docs/routing.md, the account's and the skills'. */
function defaultsIn(heading: string): Map<string, string> {
  const table = page.slice(page.indexOf(heading), page.indexOf('\n\n', page.indexOf('|---', page.indexOf(heading))));
  const found = new Map<string, string>();
  for (const row of table.split('\n').filter((line) => line.startsWith('| `'))) {
    const [names = '', values = ''] = row.split('|').slice(1);
    const defaults = values.split(',').map((value) => value.trim().replaceAll('`', ''));
    [...names.matchAll(/`(\w+)`/g)].forEach(([, name], index) => found.set(name!, defaults[index] ?? defaults.at(-1)!));
  }
  return found;
}

const written = (fallback: unknown) => (fallback === null ? null : String(fallback));

test('the defaults on the screen are those of the server', () => {
  const account = defaultsIn('`parley account set`:');
  const specs = [...promises, ...routing.flatMap((group) => group.specs), ...messages, ...closing].filter((spec) => account.has(spec.key));
  expect(specs.length).toBeGreaterThan(15);
  for (const spec of specs) expect(written(spec.fallback) ?? 'none', spec.key).toBe(account.get(spec.key));
  const skill = defaultsIn('`parley skill set`:');
  for (const spec of skillRouting) expect(written(spec.fallback) ?? 'inherited', spec.key).toBe(/^(the account's|as many)/.test(skill.get(spec.key)!) ? 'inherited' : skill.get(spec.key));
});
