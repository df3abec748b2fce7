import { computed, signal } from '@preact/signals';
import { catalog, find } from './catalog/catalog';
import type { Dialect, Form, Message } from './catalog/message';
import type { Side, Version } from './connection/address';
import { Connection } from './connection/Connection';
import { sendHttp } from './connection/http';
import { type Demo, logIn, readDemo, signUp, subjectOf } from './connection/identity';
import { Draft } from './form/Draft';
import type { Frame } from './frames/frame';
import { FrameLog, read } from './frames/FrameLog';
import { KnownIds, withPlaceholders } from './frames/known';
import { Secrets } from './frames/Secrets';
import { isObject } from './json/node';

/** Everything on the page: the draft, the connections, what went over them. Nothing of it is kept when the page goes. */
export class Bench {
  readonly secrets = new Secrets();
  readonly known = new KnownIds();
  readonly log = new FrameLog(this.secrets);
  readonly draft = new Draft();
  readonly connections = signal<readonly Connection[]>([]);
  readonly account = signal('');
  readonly demo = signal<Demo | null>(null);
  readonly dialect = signal<Dialect>('v3');
  /** Which example the draft began with. */
  readonly example = signal(0);
  /** The connection that the next frame goes to. */
  readonly targetId = signal<string | null>(null);
  /** A frame whose id was used on its connection before gets the next free number. */
  readonly freshIds = signal(true);

  readonly target = computed(() => this.connections.value.find(({ id }) => id === this.targetId.value) ?? null);

  private readonly numbers = { consumer: 0, agent: 0 };

  constructor() {
    const start = find('request', 'cm.ConsumerRequestConversation', 'v3')!;
    this.choose(catalog.find(message => message.id === decodeURIComponent(location.hash.slice(1))) ?? start.message);
  }

  async readDemo(): Promise<void> {
    this.demo.value = await readDemo();
    if (this.demo.value && this.account.peek() === '') this.account.value = this.demo.value.account;
  }

  /** Starts a draft of a message: its first example, with the newest known ids in it. */
  choose(message: Message, dialect = this.dialect.peek(), example = 0): void {
    const form = message.forms[dialect] ?? Object.values(message.forms)[0]!;
    this.start(message, form, example);
    if (decodeURIComponent(location.hash.slice(1)) !== message.id) history.replaceState(null, '', `#${message.id}`);
  }

  /** The same message as the other side spells it; what was written stays. */
  setDialect(dialect: Dialect): void {
    this.dialect.value = dialect;
    const message = this.draft.message.peek()!;
    const form = message.forms[dialect];
    if (form && form !== this.draft.form.peek()) {
      this.draft.form.value = form;
      if (isObject(this.draft.value.peek()) && !message.http && message.direction === 'request') this.draft.edit(['type'], form.type);
      else this.start(message, form, 0);
    }
    const sameSide = this.connections.peek().find(one => one.dialect === dialect && one.phase.peek() === 'open');
    if (sameSide && this.target.peek()?.dialect !== dialect) this.targetId.value = sameSide.id;
  }

  setTarget(id: string): void {
    this.targetId.value = id;
    const dialect = this.target.peek()?.dialect;
    if (dialect && dialect !== this.dialect.peek()) this.setDialect(dialect);
  }

  /** Takes a frame of the log into the draft. */
  take(frame: Frame): void {
    const found = frame.type === null ? null : find('request', frame.type, frame.dialect);
    const value = read(frame.text);
    if (!found || value === undefined) {
      this.draft.type(frame.text);
      return;
    }
    this.draft.start(found.message, found.form, value);
    this.setTarget(frame.connection);
  }

  fill(): void {
    this.draft.replace(this.known.fill(this.draft.value.peek()));
  }

  /** Sends the draft to the chosen connection, or over HTTP. Returns what stands in the way, or null. */
  async send(): Promise<string | null> {
    const { http } = this.draft.message.peek()!;
    if (http) {
      if (this.account.peek() === '') return 'Say which account first, in the form for a new connection.';
      await sendHttp(http, this.account.peek(), this.draft.oneLine(), this);
      return null;
    }
    const target = this.target.peek();
    if (!target) return 'Connect first.';
    const value = this.draft.parsed.peek();
    if (this.freshIds.peek() && !value.error && isObject(value.value) && (typeof value.value.id === 'string' || typeof value.value.id === 'number')) {
      const { id } = value.value;
      const fresh = target.freshId(String(id));
      if (fresh !== String(id)) this.draft.edit(['id'], typeof id === 'number' ? Number(fresh) : fresh);
    }
    return target.send(this.draft.oneLine()) ? null : `${target.id} is not open.`;
  }

  connect(side: Side, version: Version, token: string, who: string, byHand = false): Connection {
    const id = `${side === 'agent' ? 'Agent' : 'Consumer'} ${++this.numbers[side]}`;
    this.secrets.add(token, side === 'agent' ? '$LP_BEARER' : '$LP_JWT');
    const connection = new Connection({ id, side, version, account: this.account.peek(), token, who, byHand }, this.log, this.known);
    this.known.add('account', this.account.peek(), 'the account of a connection');
    this.connections.value = [...this.connections.peek(), connection];
    this.targetId.value = id;
    this.setDialect(connection.dialect);
    connection.open();
    return connection;
  }

  async connectNewConsumer(version: Version, byHand = false): Promise<void> {
    this.connectConsumer(version, await signUp(this.account.peek()), byHand);
  }

  connectConsumer(version: Version, jwt: string, byHand = false): void {
    const subject = subjectOf(jwt);
    if (subject) this.known.add('consumer', subject, 'the consumer of a connection');
    this.connect('consumer', version, jwt, subject ? `…${subject.slice(-6)}` : 'token', byHand);
  }

  async connectAgent(version: Version, username: string, password: string): Promise<void> {
    this.secrets.add(password, '$LP_PASS');
    const login = await logIn(this.account.peek(), username, password);
    this.secrets.add(login.csrf, '__CSRF__');
    this.known.add('agent', login.agentId, `${username}’s login`);
    this.connect('agent', version, login.bearer, username);
  }

  disconnect(connection: Connection): void {
    connection.close();
    this.connections.value = this.connections.peek().filter(other => other !== connection);
    if (this.targetId.peek() === connection.id) this.targetId.value = this.connections.peek().at(-1)?.id ?? null;
  }

  private start(message: Message, form: Form, example: number): void {
    this.example.value = example;
    this.dialect.value = form.dialect;
    const frame = form.examples[example] ?? {};
    this.draft.start(message, form, message.direction === 'request' && !message.http ? this.known.fill(withPlaceholders(frame)) : frame);
  }
}
