import { describe, expect, it } from 'vitest';
import { find } from '../src/catalog/catalog';
import type { JsonValue } from '../src/json/node';
import { pathText } from '../src/json/locate';
import { SchemaFiles } from '../src/schema/resolve';
import { validate } from '../src/schema/validate';

/** What is wrong with a frame, as `path: sentence`. */
function wrong(text: string, direction: 'request' | 'response' | 'notification' = 'request', dialect: 'v3' | 'v2' = 'v3'): string[] {
  const frame = JSON.parse(text) as { type: string };
  return validate(find(direction, frame.type, dialect)!.form.schema, frame as unknown as JsonValue).map(({ path, message }) => `${pathText(path)}: ${message}`);
}

// The same frames as in SchemaTests of tests/Parley.Protocol.Tests: both validators have to be of one mind.
describe('what real clients send is accepted', () => {
  it.each([
    '{"id":1,"type":"GetClock"}',
    '{"id":"1","type":"GetClock","headers":true}',
    '{"id":"1","type":"GetClock","headers":null,"metadata":null,"encodedMetadata":null}',
    '{"id":"1","type":".ams.userprofile.GetUserProfile","body":"somebody"}',
    '{"id":"1","type":"cm.UpdateConversationField","body":{"conversationId":"c","conversationField":{"field":"Stage","conversationState":"CLOSE"}}}',
    '{"id":"1","type":"cm.ConsumerRequestConversation"}',
    '{"id":"1","type":"cm.ConsumerRequestConversation","body":{"skillId":12,"ttrDefName":null}}',
    '{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"AcceptStatusEvent","status":"READ","sequenceList":3}}}',
    '{"id":"1","type":"ms.SubscribeMessagingEvents","body":{"dialogId":"d","fromSeq":"3"}}',
    '{"id":"1","type":"cqm.SubscribeExConversations","body":{"convState":"OPEN","agentIds":7}}',
  ])('%s', text => {
    expect(wrong(text)).toEqual([]);
    expect(wrong(text, 'request', 'v2')).toEqual([]);
  });
});

describe('what the server refuses is found, at its place', () => {
  it.each([
    ['{"id":"1","type":"ms.PublishEvent","body":{"event":{"type":"ChatStateEvent","chatState":"GONE"}}}', 'body.dialogId: dialogId is missing.'],
    ['{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"UnknownEvent"}}}', 'body.event.type: Must be ContentEvent, RichContentEvent, AcceptStatusEvent or ChatStateEvent.'],
    ['{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{}}}', 'body.event.type: type is missing.'],
    ['{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"ContentEvent"}}}', 'body.event.message: message is missing.'],
    ['{"id":"1","type":"ms.PublishEvent","body":{"dialogId":"d","event":{"type":"RichContentEvent"}}}', 'body.event: content or message is missing.'],
    ['{"id":"1","type":"ms.PublishEvent"}', 'body: body is missing.'],
    ['{"id":"1","type":"ms.PublishEvent","body":7}', 'body: Must be an object, not a whole number.'],
    ['{"id":"1","type":"cm.UpdateConversationField","body":{"conversationId":"c","conversationField":{"field":"Stage","conversationState":"OPEN"}}}', 'body.conversationField.conversationState: Must be CLOSE.'],
    ['{"id":"1","type":"cm.UpdateConversationField","body":{"conversationId":"c","conversationField":[{"field":"Skill"}]}}', 'body.conversationField[0].skill: skill is missing.'],
    ['{"id":"1","type":"routing.UpdateRingState","body":{"ringId":"r","ringState":"WAITING"}}', 'body.ringState: Must be ACCEPTED or REJECTED.'],
    ['{"id":"1","type":"routing.UpdateRingState","body":{"ringId":"","ringState":"ACCEPTED"}}', 'body.ringId: Must not be empty.'],
    ['{"id":"1","type":"InitConnection"}', 'headers: headers is missing.'],
    ['{"type":"GetClock"}', 'id: id is missing.'],
    [`{"id":"1","type":"ms.SubscribeMessagingEvents","body":{"dialogId":"${'d'.repeat(65)}"}}`, 'body.dialogId: Must have at most 64 characters; it has 65.'],
    ['{"id":"1","type":"ms.SubscribeMessagingEvents","body":{"dialogId":"d","fromSeq":1.5}}', 'body.fromSeq: Must be a whole number, a text or null, not a number.'],
  ])('%s', (text, problem) => {
    expect(wrong(text)).toEqual([problem]);
  });
});

describe('frames that break a client are found', () => {
  it.each([
    ['response', '{"kind":"resp","reqId":1,"code":200,"type":"GetClockResponse","body":{"currentTime":1}}'],
    ['response', '{"kind":"resp","reqId":"1","code":"OK","type":"GetClockResponse","body":{"currentTime":1}}'],
    ['response', '{"kind":"resp","reqId":"1","code":200,"type":"GetClockResponse","body":null}'],
    ['response', '{"kind":"resp","reqId":"1","code":200,"type":"GetClockResponse"}'],
    ['response', '{"kind":"resp","reqId":"1","code":400,"type":".ReqBody$StringResp","body":"refused"}'],
    ['response', '{"kind":"resp","reqId":"1","code":400,"type":".ReqBody$ErrorResp","body":"refused"}'],
    ['notification', '{"kind":"notification","type":"ms.MessagingEventNotification","body":{"dialogId":"d","conversationId":"d","changes":{}}}'],
    ['notification', '{"kind":"notification","type":"cqm.ExConversationChangeNotification","body":{"subscriptionId":"s","sentTs":1,"changes":[{"type":"CHANGED","result":{}}]}}'],
  ] as const)('%s %s', (direction, text) => {
    expect(wrong(text, direction)).not.toEqual([]);
  });
});

it('refuses schemas that say more than is understood here', () => {
  expect(() => new SchemaFiles({ 'a.json': { type: 'string', pattern: 'x' } }).get('a.json')).toThrow('pattern');
});
