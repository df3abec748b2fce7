import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { catalog, find } from '../src/catalog/catalog';
import { csharpCall } from '../src/export/csharp';
import { javascriptCall } from '../src/export/javascript';
import { recordingLines } from '../src/export/lines';
import { type Recording, recordingJson } from '../src/export/recording';
import { recordingScript } from '../src/export/script';
import { curlCall, shellWord, wscatOnce } from '../src/export/shell';
import { FrameLog } from '../src/frames/FrameLog';
import { Secrets } from '../src/frames/Secrets';
import type { JsonValue } from '../src/json/node';

const subscribeLine = '{"kind":"req","id":"22","body":{"fromSeq":0,"dialogId":"d"},"type":"ms.SubscribeMessagingEvents"}';

function calls(type: string, body?: JsonValue, more: Record<string, JsonValue> = {}): [csharp: string, javascript: string] {
  const { message } = find('request', type, 'v3')!;
  const frame = { id: '1', type, ...(body !== undefined && { body }), ...more };
  return [csharpCall(message, frame), javascriptCall(message, frame)];
}

describe('calls of the SDKs', () => {
  it('use the methods that are made for it', () => {
    const text = { dialogId: 'd', event: { type: 'ContentEvent', contentType: 'text/plain', message: 'It\'s "here"\n' } };
    expect(calls('ms.PublishEvent', text)).toEqual([
      String.raw`long sequence = await client.PublishTextAsync("d", "It's \"here\"\n");`,
      String.raw`client.dialog('d').sendText('It\'s "here"\n');`,
    ]);
    expect(calls('.ams.ms.PublishEvent', { ...text, messageAudience: 'AGENTS_AND_MANAGERS' })).toEqual([
      String.raw`long sequence = await client.PublishTextAsync("d", "It's \"here\"\n", new() { IsPrivate = true });`,
      String.raw`client.dialog('d').sendText('It\'s "here"\n', { isPrivate: true });`,
    ]);
    expect(calls('ms.SubscribeMessagingEvents', { fromSeq: 4, dialogId: 'd' })[0]).toContain('client.SubscribeMessagesAsync("d", fromSequence: 4)');
    expect(calls('routing.UpdateRingState', { ringId: 'r', ringState: 'ACCEPTED' })).toEqual(['await agent.AcceptRingAsync("r");', "await agent.accept('r');"]);
    expect(calls('routing.SetAgentState', { availability: 'BACK_SOON' })).toEqual(['await agent.SetStateAsync(AgentAvailability.BackSoon);', "await agent.setState('BACK_SOON');"]);
    expect(calls('cm.UpdateConversationField', { conversationId: 'c', conversationField: { field: 'ConversationStateField', conversationState: 'CLOSE' } })).toEqual([
      'await client.CloseConversationAsync("c");', "await client.closeConversation('c');",
    ]);
    expect(calls('ms.PublishEvent', { dialogId: 'd', event: { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1, 2] } })[0]).toBe('await client.SendReceiptAsync("d", "READ", [1, 2]);');
  });

  it('say everything where no method does', () => {
    expect(calls('cqm.UnsubscribeExConversations', { subscriptionId: 's' })).toEqual([
      'JsonElement answer = await client.RequestAsync("cqm.UnsubscribeExConversations", body =>\n{\n    body.WriteString("subscriptionId", "s");\n});',
      "const answer = await client.request('cqm.UnsubscribeExConversations', { subscriptionId: 's' });",
    ]);
    const change = { conversationId: 'c', conversationField: [{ field: 'CSATRate', csatRate: 5, csatResolutionConfirmation: true, note: null, ids: [1, 'a'] }] };
    expect(calls('cm.UpdateConversationField', change)[0]).toBe(
      `JsonElement answer = await client.RequestAsync("cm.UpdateConversationField", body =>
{
    body.WriteString("conversationId", "c");
    body.WriteStartArray("conversationField");
    body.WriteStartObject();
    body.WriteString("field", "CSATRate");
    body.WriteNumber("csatRate", 5);
    body.WriteBoolean("csatResolutionConfirmation", true);
    body.WriteNull("note");
    body.WriteStartArray("ids");
    body.WriteNumberValue(1);
    body.WriteStringValue("a");
    body.WriteEndArray();
    body.WriteEndObject();
    body.WriteEndArray();
});`,
    );
    expect(calls('ms.PublishEvent', { dialogId: 'd', event: { type: 'X' } }, { metadata: [{ type: 'BotResponse' }] })[1]).toContain("{ metadata: [{ type: 'BotResponse' }] }");
  });

  it('exist for every example of every request, and the JavaScript is JavaScript', () => {
    for (const message of catalog.filter(one => one.direction === 'request' && !one.http)) {
      for (const example of Object.values(message.forms).flatMap(form => form.examples)) {
        expect(csharpCall(message, example)).not.toBe('');
        expect(() => new Function(`return async (client, agent) => { ${javascriptCall(message, example)} }`)).not.toThrow();
      }
    }
  });
});

describe('lines for a shell', () => {
  it('quote what the shell would read', () => {
    for (const text of ["it's", '$HOME `id` "x" \\ !', 'ümlaut\ttab', '*']) {
      expect(execFileSync('bash', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })).toBe(text);
    }
  });

  it('leave the names of tokens to the shell, and no other', () => {
    const word = shellWord('{"jwt":"$LP_JWT","a":"$LP_JWTX $HOME"}');
    expect(execFileSync('bash', ['-c', `printf %s ${word}`], { encoding: 'utf8', env: { ...process.env, LP_JWT: 'x y' } })).toBe('{"jwt":"x y","a":"$LP_JWTX $HOME"}');
  });

  it('connect as the tutorial does', () => {
    expect(wscatOnce('consumer', '3', subscribeLine)).toBe(
      `wscat -k 60 -H "Authorization:jwt $LP_JWT" -c "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/consumer?v=3" -w 5 -x '${subscribeLine}'`,
    );
    expect(wscatOnce('agent', '2.1', '{}')).toContain('-H "Authorization:jwt $LP_BEARER" -c "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/brand?v=2.1"');
  });

  it('ask over HTTP with curl', () => {
    const login = catalog.find(message => message.id === 'http.login')!;
    expect(curlCall(login.http!, '{"username":"$LP_USER","password":"$LP_PASS"}')).toBe(
      `curl -s --cacert "$NODE_EXTRA_CA_CERTS" -X POST -H "Content-Type: application/json" -d '{"username":"'"$LP_USER"'","password":"'"$LP_PASS"'"}' "https://$LP_AGENTVEP/api/account/$LP_ACCOUNT/login?v=1.3"`,
    );
  });
});

describe('a recording', () => {
  const consumer = { id: 'Consumer 1', dialect: 'v3' } as const;
  const agent = { id: 'Agent 1', dialect: 'v2' } as const;
  const conversation = '01a22592-1d7f-7068-9b06-0fc99c7c1ac3';
  const ring = `${conversation}_1_2`;

  function record(): Recording {
    const secrets = new Secrets();
    secrets.add('very-secret-token', '$LP_JWT');
    const log = new FrameLog(secrets, { now: () => 1, epoch: () => Date.UTC(2026, 0, 1) });
    log.sent(consumer, '{"kind":"req","id":0,"type":"InitConnection","headers":[{"type":".ams.headers.ConsumerAuthentication","jwt":"very-secret-token"}]}');
    log.sent(consumer, '{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}');
    log.received(consumer, `{"kind":"resp","reqId":"1","code":200,"type":"cm.RequestConversationResponse","body":{"conversationId":"${conversation}"}}`);
    log.sent(agent, '{"kind":"req","id":"keep-alive-1","type":"KeepAlive"}');
    const other = '{"conversationId":"other","ringsDetails":[{"ringId":"other-ring","ringState":"WAITING","convId":"other"}]}';
    log.received(agent, `{"kind":"notification","type":".ams.routing.RoutingTaskNotification","body":{"changes":[{"result":${other}},{"result":{"conversationId":"${conversation}","ringsDetails":[{"ringId":"${ring}","ringState":"WAITING","convId":"${conversation}"}]}}]}}`);
    log.sent(agent, `{"kind":"req","id":"1","type":".ams.routing.UpdateRingState","body":{"ringId":"${ring}","ringState":"ACCEPTED"}}`);
    log.received(agent, '{"kind":"resp","reqId":"1","code":202,"type":".ReqBody$StringResp","body":"ok"}');
    log.sent(agent, `{"kind":"req","id":"2","type":".ams.ms.PublishEvent","body":{"dialogId":"${conversation}","event":{"type":"ContentEvent","message":"it's me"}}}`);
    return { frames: log.frames, connections: [{ id: consumer.id, side: 'consumer', version: '3' }, { id: agent.id, side: 'agent', version: '2.1' }] };
  }

  it('becomes a script that asks for ids anew and holds no token', () => {
    const script = recordingScript(record(), new Date(0));
    expect(script).not.toContain('secret');
    expect(script).not.toContain(conversation);
    const played = script.slice(script.indexOf('\nconnect consumer_1')).trim().split('\n').filter(line => line !== '');
    expect(played).toEqual([
      'connect consumer_1 "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/consumer?v=3" "Authorization:jwt $LP_JWT"',
      'connect agent_1 "wss://$LP_ASYNCMESSAGINGENT/ws_api/account/$LP_ACCOUNT/messaging/brand?v=2.1" "Authorization:jwt $LP_BEARER"',
      `send consumer_1 '{"kind":"req","id":1,"type":"cm.ConsumerRequestConversation"}'`,
      `answer consumer_1 '1' >/dev/null # 200 cm.RequestConversationResponse`,
      `CONVERSATION_1=$(answer consumer_1 '1' | value conversationId)`,
      `RING_1=$(arrival agent_1 '"type":".ams.routing.RoutingTaskNotification"' "$CONVERSATION_1" | value ringId "$CONVERSATION_1")`,
      `send agent_1 '{"kind":"req","id":"1","type":".ams.routing.UpdateRingState","body":{"ringId":"'"$RING_1"'","ringState":"ACCEPTED"}}'`,
      `answer agent_1 '1' >/dev/null # 202 .ReqBody$StringResp`,
      String.raw`send agent_1 '{"kind":"req","id":"2","type":".ams.ms.PublishEvent","body":{"dialogId":"'"$CONVERSATION_1"'","event":{"type":"ContentEvent","message":"it'\''s me"}}}'`,
      'echo "Played to the end."',
    ]);
    execFileSync('bash', ['-n'], { input: script });
  });

  it('becomes lines to paste', () => {
    const lines = recordingLines(record());
    expect(lines).toContain('# Consumer 1\nwscat -k 60 -H "Authorization:jwt $LP_JWT"');
    expect(lines).not.toContain('InitConnection');
    expect(lines).not.toContain('KeepAlive');
  });

  it('becomes JSON', () => {
    const saved = JSON.parse(recordingJson(record(), new Date(0))) as { frames: { direction: string; frame: unknown }[]; connections: unknown[] };
    expect(saved.connections).toHaveLength(2);
    expect(saved.frames[1]).toMatchObject({ direction: 'sent', frame: { id: 1 }, at: '2026-01-01T00:00:00.000Z' });
  });
});
