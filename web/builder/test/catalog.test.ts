import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalog, find, search } from '../src/catalog/catalog';
import { meaningOf, meaningOfClose } from '../src/catalog/codes';
import { index } from '../src/schema/files';
import type { Shape } from '../src/schema/shape';
import { validate } from '../src/schema/validate';

const protocolPage = readFileSync(`${import.meta.dirname}/../../../docs/protocol.md`, 'utf8');

describe('the catalogue', () => {
  it('offers every type of the index in every dialect it is spoken in', () => {
    for (const row of index) {
      for (const dialect of row.dialects) expect(find(row.direction, row.type, dialect), `${row.type} in ${dialect}`).not.toBeNull();
    }
  });

  it('offers every type that docs/protocol.md names, under the name that the page puts first', () => {
    const names = [...protocolPage.matchAll(/^\|.*$/gm)].flatMap(line => [...line[0].matchAll(/`([^`]+)`/g)].map(match => match[1]!));
    expect(names.length).toBeGreaterThan(60);
    for (const name of names) expect(catalog.some(message => message.names.includes(name)), name).toBe(true);
    expect(catalog.find(message => message.names.includes('.ams.aam.SubscribeExConversations'))!.id).toBe('cqm.SubscribeExConversations');
  });

  it('explains every message and every member of it', () => {
    const silent: string[] = [];
    const walk = (shape: Shape, path: string) => {
      for (const { name, shape: inner } of shape.members) {
        if (!inner.description) silent.push(`${path}.${name}`);
        walk(inner, `${path}.${name}`);
      }
      if (shape.items) walk(shape.items, `${path}[]`);
      shape.variants.forEach(variant => walk(variant, path));
    };
    for (const message of catalog) {
      expect(message.title, message.id).not.toBe('');
      expect(message.description, message.id).not.toBe('');
      for (const form of Object.values(message.forms)) walk(form.shape, form.type);
    }
    expect(silent.filter(path => !/\.(kind|type|code)$/.test(path))).toEqual([]);
  });

  it('has an example of every form, and its schema allows it', () => {
    for (const { forms } of catalog) {
      for (const form of Object.values(forms)) {
        expect(form.examples.length, form.type).toBeGreaterThan(0);
        for (const example of form.examples) expect(validate(form.schema, example), JSON.stringify(example)).toEqual([]);
      }
    }
  });

  it('spells a message as each dialect does', () => {
    const { message } = find('request', 'ms.PublishEvent', 'v3')!;
    expect([message.forms.v3!.type, message.forms.v2!.type]).toEqual(['ms.PublishEvent', '.ams.ms.PublishEvent']);
    expect(message.answers).toEqual({ v3: 'ms.PublishEventResponse', v2: '.ams.ms.PublishEvent$Response' });
    expect(find('notification', '.ams.ms.OnlineEventDistribution', 'v3')).toBeNull();
    expect(find('request', '.ams.ms.PublishEvent', 'v3')!.form.type).toBe('ms.PublishEvent');
  });

  it('knows who may ask', () => {
    expect(find('request', 'routing.UpdateRingState', 'v2')!.message.who).toBe('agents');
    expect(find('request', 'GetClock', 'v2')!.message.who).toBe('all');
  });

  it('finds messages by words of their names and explanations', () => {
    expect(search('subscribe messaging').map(message => message.id)).toContain('ms.SubscribeMessagingEvents');
    expect(search('answer a ring').map(message => message.id)[0]).toBe('routing.UpdateRingState');
    expect(search('.ams.aam.subscribe').map(message => message.id)).toContain('cqm.SubscribeExConversations');
    expect(search('no such thing at all')).toEqual([]);
  });

  it('explains codes as docs/codes.md does', () => {
    expect(meaningOf(400)).toMatchObject({ title: 'Bad Request', when: expect.stringContaining('missing member') });
    expect(meaningOf(418)).toBeNull();
    expect(meaningOfClose(4407)!.advice).toContain('Renew');
  });
});
