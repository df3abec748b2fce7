import { describe, expect, it } from 'vitest';
import { explain } from '../src/frames/explain';
import { Filter } from '../src/frames/Filter';
import { FrameLog } from '../src/frames/FrameLog';
import { KnownIds, withPlaceholders } from '../src/frames/known';
import { preview } from '../src/frames/preview';
import { Secrets } from '../src/frames/Secrets';
import type { JsonValue } from '../src/json/node';
import { allKinds } from '../src/ui/log/kinds';

const consumer = { id: 'Consumer 1', dialect: 'v3' } as const;
const agent = { id: 'Agent 1', dialect: 'v2' } as const;

function logAt() {
  const time = { now: 0 };
  const secrets = new Secrets();
  const log = new FrameLog(secrets, { now: () => time.now, epoch: () => 1_800_000_000_000 + time.now });
  return { log, secrets, time };
}

const clockAnswer = (id: string) => `{"kind":"resp","reqId":"${id}","code":200,"type":"GetClockResponse","body":{"currentTime":1}}`;
const refusal = '{"kind":"resp","reqId":"7","code":400,"type":".ReqBody$ErrorResp","body":{"title":"Bad Request","details":"dialogId is missing","errorCode":40000}}';
const wanted = { words: '', connection: null, kinds: new Set(allKinds), keepAlives: false };

describe('the log', () => {
  it('matches an answer to its request on its own connection, and measures', () => {
    const { log, time } = logAt();
    const asked = log.sent(consumer, '{"kind":"req","id":1,"type":"GetClock"}');
    log.sent(agent, '{"kind":"req","id":"1","type":"GetClock"}');
    time.now = 12.5;
    expect(log.received(consumer, clockAnswer('1'))).toMatchObject({ kind: 'response', asked: asked.number, latency: 12.5, requestId: '1' });
    expect(log.received(consumer, clockAnswer('1'))).toMatchObject({ asked: null, latency: null });
  });

  it('tells the kinds apart', () => {
    const { log } = logAt();
    expect(log.sent(consumer, '{"id":"1","type":"GetClock"}').kind).toBe('request');
    expect(log.sent(consumer, '{"id":').kind).toBe('malformed');
    expect(log.sent(consumer, '[]').kind).toBe('malformed');
    expect(log.received(consumer, refusal).kind).toBe('error');
    expect(log.received(consumer, '{"kind":"notification","type":"x","body":{}}').kind).toBe('notification');
    expect(log.received(consumer, 'hello').kind).toBe('malformed');
  });

  it('counts the bytes that went, and never shows a token', () => {
    const { log, secrets } = logAt();
    secrets.add('secret-token', '$LP_JWT');
    const frame = log.sent(consumer, '{"id":"é","type":"InitConnection","headers":[{"type":"x","jwt":"secret-token"}]}');
    expect(frame.bytes).toBe(81);
    expect(frame.text).toContain('"jwt":"$LP_JWT"');
    expect(JSON.stringify(log.frames)).not.toContain('secret-token');
  });

  it('hides a secret that JSON writes with escapes', () => {
    const secrets = new Secrets();
    secrets.add('pass"word', '$LP_PASS');
    expect(secrets.hide(JSON.stringify({ password: 'pass"word' }))).toBe('{"password":"$LP_PASS"}');
  });

  it('lets the oldest go when there are too many', () => {
    const { log } = logAt();
    for (let i = 0; i < 50_001; i++) log.note(consumer, 'x');
    expect(log.frames).toHaveLength(45_001);
    expect(log.dropped.value).toBe(5000);
    expect(log.frames.at(-1)!.number).toBe(50_001);
  });
});

describe('the filter', () => {
  it('keeps what is wanted, and adds what comes', () => {
    const { log } = logAt();
    const filter = new Filter();
    log.sent(consumer, '{"id":"1","type":"GetClock"}');
    log.sent(agent, '{"id":"keep-alive-1","type":"KeepAlive"}');
    expect(filter.apply(log.frames, wanted)).toHaveLength(1);
    log.received(consumer, clockAnswer('1'));
    expect(filter.apply(log.frames, wanted).map(({ type }) => type)).toEqual(['GetClock', 'GetClockResponse']);
    expect(filter.apply(log.frames, { ...wanted, keepAlives: true })).toHaveLength(3);
    expect(filter.apply(log.frames, { ...wanted, connection: 'Agent 1', keepAlives: true })).toHaveLength(1);
    expect(filter.apply(log.frames, { ...wanted, words: 'CURRENTTIME consumer' })).toHaveLength(1);
    expect(filter.apply(log.frames, { ...wanted, kinds: new Set(['response'] as const) })).toHaveLength(1);
    log.clear();
    expect(filter.apply(log.frames, wanted)).toEqual([]);
  });

  it('looks at ten thousand frames once, however often it is asked', () => {
    const { log } = logAt();
    for (let i = 0; i < 10_000; i++) log.received(consumer, clockAnswer(String(i)));
    const filter = new Filter();
    const first = filter.apply(log.frames, wanted);
    expect(filter.apply(log.frames, wanted)).toBe(first);
  });
});

describe('explanations', () => {
  it('say what a frame is and what an error means', () => {
    const { log } = logAt();
    const { summary, advice, problems } = explain(log.received(consumer, refusal));
    expect(summary).toMatch(/^Error\./);
    expect(advice).toContain('Correct the request');
    expect(problems).toEqual([]);
  });

  it('show where a frame differs from its schema', () => {
    const { log } = logAt();
    expect(explain(log.received(consumer, clockAnswer('1').replace('{"currentTime":1}', '{}'))).problems).toEqual([{ path: ['body', 'currentTime'], message: 'currentTime is missing.' }]);
    expect(explain(log.received(consumer, '{"kind":"notification","type":".ams.ms.OnlineEventDistribution","body":{}}')).summary).toContain('not described');
  });

  it('say in a line what is in it', () => {
    const { log } = logAt();
    const event = '{"kind":"notification","type":"ms.MessagingEventNotification","body":{"dialogId":"d","changes":[{"sequence":3,"event":{"type":"ContentEvent","message":"Hello"}}]}}';
    expect(preview(log.received(consumer, event))).toBe('#3 “Hello”');
    expect(preview(log.received(consumer, refusal))).toBe('dialogId is missing');
    expect(preview(log.sent(consumer, '{"id":"1","type":"GetClock"}'))).toBe('');
  });
});

describe('ids that were seen', () => {
  const ring = (id: string, conversation: string, ringState = 'WAITING'): JsonValue => ({ body: { changes: [{ result: { conversationId: conversation, ringsDetails: [{ ringId: id, ringState, convId: conversation }] } }] } });

  it('are put where placeholders stand, the newest first', () => {
    const known = new KnownIds();
    const frame = withPlaceholders({ body: { dialogId: 'made-up', conversationId: 'made-up', fromSeq: 0 } });
    expect(known.fill(frame)).toEqual({ body: { dialogId: '__YOUR_CONVERSATION_ID__', conversationId: '__YOUR_CONVERSATION_ID__', fromSeq: 0 } });
    known.learn({ body: { conversationId: 'c1' } }, 'here');
    known.learn({ body: { conversationId: 'c2' } }, 'here');
    expect(known.fill(frame)).toEqual({ body: { dialogId: 'c2', conversationId: 'c2', fromSeq: 0 } });
  });

  it('follow what the reader is about: the ring of his conversation, then the conversation of his ring', () => {
    const known = new KnownIds();
    known.learn(ring('r1', 'c1'), 'here');
    known.learn(ring('r2', 'c2'), 'here');
    known.touch({ conversationId: 'c1' });
    expect(known.fill({ ringId: '__RING_ID__' })).toEqual({ ringId: 'r1' });
    known.touch({ ringId: 'r2' });
    expect(known.fill({ dialogId: '__YOUR_CONVERSATION_ID__' })).toEqual({ dialogId: 'c2' });
  });

  it('offers a ring only as long as it can be answered', () => {
    const known = new KnownIds();
    known.learn(ring('r1', 'c1'), 'here');
    known.learn(ring('r1', 'c1', 'ACCEPTED'), 'here');
    expect(known.of(['ring'])).toEqual([]);
  });

  it('replaces tokens of examples', () => {
    expect(withPlaceholders({ headers: [{ jwt: 'header.claims.signature' }] })).toEqual({ headers: [{ jwt: '$LP_JWT' }] });
  });
});
