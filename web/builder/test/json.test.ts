import { describe, expect, it } from 'vitest';
import { get, remove, set } from '../src/json/edit';
import { lineAndColumn, nodeAt, pathAt, pathText } from '../src/json/locate';
import type { JsonValue } from '../src/json/node';
import { JsonSyntaxError, parseJson, valueOf } from '../src/json/parse';
import { tokens } from '../src/json/tokens';

const frame = '{"kind":"req","id":"22","body":{"fromSeq":0,"dialogId":"d"},"list":[1,{"a":null}]}';

function errorOf(text: string): JsonSyntaxError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
  }
  throw new Error(`${text} was read.`);
}

describe('reading JSON', () => {
  it.each([frame, '0', '-1.5e+3', '"\\u00e9\\n"', '[]', '{}', ' [ true , false , null ] ', '{"__proto__":{"a":1}}', '{"a":1,"a":2}', '"\u2028"', '[[[1]]]'])('reads %s as JSON.parse does', text => {
    expect(JSON.stringify(valueOf(parseJson(text)))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    ['', 0], ['{', 1], ['{"a"}', 4], ['{"a":}', 5], ['{"a":1,}', 7], ['[1 2]', 3], ['{a:1}', 1], ['"abc', 0], ['"a\nb"', 2], ['01', 0], ['1.', 0], ['nul', 0], ['{} {}', 3], ["{'a':1}", 1], ['"\\x"', 0],
  ])('says where %j is wrong', (text, position) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(errorOf(text).position).toBe(position);
  });

  it('refuses what is nested so deeply that nobody means it', () => {
    expect(errorOf('['.repeat(5000)).message).toContain('nested too deeply');
  });

  it('finds the place of a path and the path of a place', () => {
    const root = parseJson(frame);
    const at = frame.indexOf('"d"');
    expect(pathText(pathAt(root, at))).toBe('body.dialogId');
    expect(nodeAt(root, ['body', 'dialogId']).start).toBe(at);
    expect(pathText(pathAt(root, frame.indexOf('null')))).toBe('list[1].a');
    expect(lineAndColumn('a\nbc', 3)).toEqual({ line: 2, column: 2 });
  });

  it('splits the text into coloured pieces that are the text', () => {
    const pieces = tokens('{"id": "__RING_ID__", "jwt":"$LP_JWT", "n": 1}', parseJson('{"id": "__RING_ID__", "jwt":"$LP_JWT", "n": 1}'));
    expect(pieces.map(piece => piece.text).join('')).toBe('{"id": "__RING_ID__", "jwt":"$LP_JWT", "n": 1}');
    expect(pieces.filter(piece => piece.kind === 'placeholder').map(piece => piece.text)).toEqual(['"__RING_ID__"', '"$LP_JWT"']);
  });
});

describe('editing a value', () => {
  const value = JSON.parse(frame) as JsonValue;

  it('keeps the order of members, and the original', () => {
    expect(JSON.stringify(set(value, ['body', 'fromSeq'], 5))).toBe(frame.replace(':0,', ':5,'));
    expect(JSON.stringify(set(value, ['body', 'new'], true))).toBe(frame.replace('"d"}', '"d","new":true}'));
    expect(JSON.stringify(value)).toBe(frame);
  });

  it('makes what is missing on the way', () => {
    expect(set({}, ['a', 'b', 0], 'x')).toEqual({ a: { b: ['x'] } });
  });

  it('takes out members and elements', () => {
    expect(remove(value, ['list', 0])).toMatchObject({ list: [{ a: null }] });
    expect(JSON.stringify(remove(value, ['body', 'fromSeq']))).toBe(frame.replace('"fromSeq":0,', ''));
    expect(remove(value, ['body', 'none', 'deeper'])).toEqual(value);
  });

  it('takes __proto__ for a name like any other', () => {
    const changed = set({}, ['__proto__', 'polluted'], true);
    expect(JSON.stringify(changed)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(get({}, ['__proto__'])).toBeUndefined();
  });
});
