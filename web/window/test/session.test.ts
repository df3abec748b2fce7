import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Keep } from '../src/loader/keep';
import { Session } from '../src/model/session';
import type { ParleyEvent, TokenCallback } from '../src/parley';
import { FakeClient, fakeConversation, fakeSurvey } from './fakeClient';

let clients: FakeClient[];
let tokens: (TokenCallback | null)[];
let events: ParleyEvent[];
let sessions: Session[];

beforeEach(() => {
  clients = [];
  tokens = [];
  events = [];
  sessions = [];
  localStorage.clear();
  sessionStorage.clear();
});
afterEach(() => sessions.forEach(session => session.dispose()));

function begin(prepare: (client: FakeClient) => void = () => {}): Session {
  const session = new Session({
    createClient(token) {
      const client = new FakeClient();
      prepare(client);
      clients.push(client);
      tokens.push(token);
      return client;
    },
    shared: new Keep('p.', () => localStorage), tab: new Keep('p.', () => sessionStorage),
    emit: event => events.push(event), token: null, skill: null,
  });
  sessions.push(session);
  return session;
}

it('connects nobody before he opens it, and everybody who has written before', () => {
  const first = begin();
  expect(clients).toEqual([]);
  first.open();
  expect(clients).toHaveLength(1);
  expect(clients[0]!.started).toBe(1);
  first.close();
  expect(clients[0]!.stopped).toBe(0);

  begin();
  expect(clients, 'opening alone is not remembered').toHaveLength(1);
  first.say('hello');
  begin();
  expect(clients).toHaveLength(2);
});

it('hears in another tab that a conversation began', () => {
  begin();
  localStorage.setItem('p.began', '1');
  dispatchEvent(Object.assign(new Event('storage'), { key: 'p.began', newValue: '1' }));
  expect(clients).toHaveLength(1);
});

it('works where nothing can be kept', () => {
  const refusing = () => {
    throw new DOMException('sandboxed', 'SecurityError');
  };
  const keep = new Keep('p.', refusing);
  keep.set('began', '1');
  expect(keep.get('began')).toBe('1');
  keep.set('began', null);
  expect(keep.get('began')).toBeNull();
});

it('counts unread of everything shown, also after the end', () => {
  const session = begin();
  session.open();
  const [client] = clients as [FakeClient];
  client.tell(fakeConversation('c'));
  client.main.agentSays('one');
  expect(session.unread.value).toBe(1);
  client.tell(fakeConversation('c', { mainOpen: false, dialogs: [fakeSurvey('s', true)] }));
  client.dialog('c', 's').agentSays('how was it?');
  expect(session.unread.value).toBe(2);
  session.markRead();
  expect(session.unread.value).toBe(0);
  expect(events.filter(event => event.type === 'unread').map(event => event.count)).toEqual([0, 1, 2, 1, 0]);
});

it('places the divider once, where the unread began', () => {
  const session = begin(client => {
    client.tell(fakeConversation('c'));
    client.main.agentSays('old');
    client.main.markRead();
    client.main.agentSays('came while away');
    client.main.agentSays('and another');
  });
  session.open();
  expect(session.newSince.value).toBe(' 1'.replace(' ', 'c '));
  clients[0]!.main.agentSays('came while here');
  expect(session.newSince.value).toBe('c 1');
  session.say('thanks');
  expect(session.newSince.value).toBeNull();
});

it('tells what arrives, not what was there', () => {
  const session = begin(client => {
    client.tell(fakeConversation('c'));
    client.main.agentSays('was there');
  });
  session.open();
  expect(session.arrived.value).toEqual([]);
  clients[0]!.main.agentSays('arrives');
  expect(session.arrived.value.map(entry => entry.content)).toEqual([{ kind: 'text', text: 'arrives', quickReplies: null }]);
  expect(events.filter(event => event.type === 'message')).toMatchObject([{ from: 'agent', text: 'arrives', conversationId: 'c' }]);
});

it('answers a survey in the survey', () => {
  const session = begin();
  session.open();
  const [client] = clients as [FakeClient];
  client.tell(fakeConversation('c', { mainOpen: false, dialogs: [fakeSurvey('s', true)] }));
  session.say('4');
  expect(client.dialog('c', 's').sent.map(({ text }) => text)).toEqual(['4']);
  expect(client.main.sent).toEqual([]);
  expect(session.ratable.value).toBeNull();
  client.tell(fakeConversation('c', { mainOpen: false, dialogs: [fakeSurvey('s', false)] }));
  session.say('one more thing');
  expect(client.main.sent.map(({ text }) => text)).toEqual(['one more thing']);
});

it('asks for a rating once, where an agent was and nobody asked else', () => {
  const session = begin();
  session.open();
  const [client] = clients as [FakeClient];
  client.tell(fakeConversation('current', { mainOpen: false }));
  expect(session.ratable.value, 'nobody was there').toBeNull();
  client.main.agentSays('automatic', { from: { id: 'auto', role: 'CONTROLLER' } });
  expect(session.ratable.value, 'nobody but the server').toBeNull();
  client.main.agentSays('hello');
  expect(session.ratable.value).toBe('current');
  session.rate('current', 4);
  expect(session.ratable.value, 'the second question is still to come').toBe('current');
  session.rate('current', 4, true);
  expect(client.rates).toEqual([{ id: 'current', rate: 4, resolved: undefined }, { id: 'current', rate: 4, resolved: true }]);

  const later = begin(next => {
    next.tell(fakeConversation('current', { mainOpen: false }));
    next.main.agentSays('hello');
  });
  later.open();
  expect(later.ratable.value).toBeNull();
});

it('shows earlier conversations one by one, and keeps the former when the next begins', () => {
  const session = begin(client => {
    client.all.value = [1, 2, 3].map(n => fakeConversation(`c${n}`, { startedAt: n, mainOpen: false }));
    client.following.value = client.all.value[2]!;
  });
  session.open();
  const ids = () => session.sections.value.map(section => section.id);
  expect(ids()).toEqual(['c3']);
  expect(session.hasEarlier.value).toBe(true);
  session.showEarlier();
  expect(ids()).toEqual(['c2', 'c3']);
  session.showEarlier();
  expect(ids()).toEqual(['c1', 'c2', 'c3']);
  expect(session.hasEarlier.value).toBe(false);
  clients[0]!.tell(fakeConversation('c4', { startedAt: 4 }));
  expect(ids()).toEqual(['c1', 'c2', 'c3', 'c4']);
});

it('leaves one consumer for another when somebody signs in or out', () => {
  const session = begin();
  session.signIn(() => Promise.resolve('token'));
  expect(clients, 'not before it is opened').toEqual([]);
  session.open();
  expect(tokens.at(-1)).toBeTypeOf('function');
  session.signIn(null);
  expect(clients.map(client => client.stopped)).toEqual([1, 0]);
  expect(tokens.at(-1)).toBeNull();
});

it('forgets: the next one is somebody new', () => {
  const session = begin();
  session.open();
  session.say('hello');
  session.forget();
  expect(clients[0]!.forgotten).toBe(1);
  expect(localStorage.getItem('p.began')).toBeNull();
  session.close();
  begin();
  expect(clients).toHaveLength(2);
});

it('asks how long it takes while it waits and is open, and no longer', async () => {
  vi.useFakeTimers();
  try {
    const session = begin();
    session.open();
    const [client] = clients as [FakeClient];
    let asked = 0;
    client.queue = { position: 2, estimateSeconds: 60, delayUntil: null };
    const { waiting } = client;
    client.waiting = () => (asked++, waiting());
    client.tell(fakeConversation('c'));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.waiting.value?.position).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(4);
    client.tell(fakeConversation('c', { assignedAgentId: 'agent' }));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(4);
    expect(session.waiting.value).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
