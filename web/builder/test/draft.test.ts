import { describe, expect, it } from 'vitest';
import { find } from '../src/catalog/catalog';
import { Draft } from '../src/form/Draft';
import { initialValue } from '../src/form/initial';
import { withPlaceholders } from '../src/frames/known';
import { shapeAt } from '../src/schema/variant';
import { validate } from '../src/schema/validate';

function draftOf(type: string, example = 0): Draft {
  const { message, form } = find('request', type, 'v3')!;
  const draft = new Draft();
  draft.start(message, form, withPlaceholders(form.examples[example]!));
  return draft;
}

describe('a draft', () => {
  it('begins with the tutorial’s frame, character by character', () => {
    expect(draftOf('ms.SubscribeMessagingEvents').oneLine()).toBe(
      '{"kind":"req","id":"22","body":{"fromSeq":0,"dialogId":"__YOUR_CONVERSATION_ID__"},"type":"ms.SubscribeMessagingEvents"}',
    );
  });

  it('shows in the form what is typed as text, and in the text what is put into the form', () => {
    const draft = draftOf('ms.SubscribeMessagingEvents');
    draft.edit(['body', 'fromSeq'], 7);
    expect(draft.text.value).toContain('"fromSeq": 7');
    draft.type(draft.text.value.replace('7', '8'));
    expect(draft.value.value).toMatchObject({ body: { fromSeq: 8 } });
    draft.remove(['body', 'fromSeq']);
    expect(draft.text.value).not.toContain('fromSeq');
  });

  it('keeps what the form shows while the text is not JSON, and lets nothing be changed over it', () => {
    const draft = draftOf('ms.SubscribeMessagingEvents');
    draft.type('{"kind": "req", ');
    expect(draft.parsed.value.error!.position).toBe(16);
    expect(draft.value.value).toMatchObject({ id: '22' });
    draft.edit(['id'], '1');
    expect(draft.text.value).toBe('{"kind": "req", ');
    expect(draft.oneLine()).toBe('{"kind": "req", ');
  });

  it('puts problems at their members', () => {
    const draft = draftOf('ms.PublishEvent');
    expect(draft.problems.value).toEqual([]);
    draft.remove(['body', 'event', 'message']);
    expect(draft.problemsByPath.value.get('body.event.message')).toEqual([{ path: ['body', 'event', 'message'], message: 'message is missing.' }]);
  });

  it('is written on one line or on several', () => {
    const draft = draftOf('GetClock');
    draft.setLayout('line');
    expect(draft.text.value).toBe('{"kind":"req","id":"1","type":"GetClock"}');
    draft.edit(['id'], '2');
    expect(draft.text.value.split('\n')).toHaveLength(1);
  });
});

describe('what a member begins with', () => {
  it.each([
    ['ms.PublishEvent', ['body', 'event'], { type: 'ContentEvent', message: '' }],
    ['ms.PublishEvent', ['body', 'messageAudience'], 'ALL'],
    ['cqm.SubscribeExConversations', ['body', 'convState'], ['OPEN']],
    ['routing.UpdateRingState', ['body'], { ringId: '', ringState: 'ACCEPTED' }],
  ] as const)('%s %s', (type, path, value) => {
    const { form } = find('request', type, 'v3')!;
    expect(initialValue(shapeAt(form.shape, form.examples.find(example => example.body), path)!)).toEqual(value);
  });

  it('is what the schema asks for, once ids and texts are filled in', () => {
    const { form } = find('request', 'cm.UpdateConversationField', 'v3')!;
    const change = shapeAt(form.shape, { body: { conversationField: [{}] } }, ['body', 'conversationField', 0])!;
    expect(change.variants).toHaveLength(14);
    for (const variant of change.variants) {
      const frame = { id: '1', type: form.type, body: { conversationId: 'c', conversationField: [initialValue(variant)] } };
      expect(validate(form.schema, frame), variant.title).toEqual([]);
    }
  });
});
