import { Frames } from './Frames.ts';

/** An event of a dialog as consumers see it. */
export interface Change {
  readonly sequence?: number;
  readonly originatorId: string;
  readonly dialogId: string;
  readonly event: { readonly type: string; readonly message?: any; readonly [name: string]: any };
}

export interface ConversationRecord {
  readonly convId: string;
  readonly conversationDetails: {
    readonly state: string;
    readonly stage: string;
    readonly skillId: string;
    readonly participants: readonly { readonly id: string; readonly role: string }[];
    readonly dialogs: readonly { readonly dialogId: string; readonly dialogType: string; readonly state: string }[];
    readonly csat?: { readonly csatRate?: number; readonly csatResolutionConfirmation?: boolean; readonly status: string };
  };
}

/** A consumer without a browser. */
export class ConsumerSocket {
  readonly id: string;
  readonly jwt: string;
  readonly frames: Frames;

  private constructor(frames: Frames, jwt: string) {
    this.frames = frames;
    this.jwt = jwt;
    this.id = (JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()) as { sub: string }).sub;
  }

  static async open(server: string, account: string, jwt?: string, properties: Readonly<Record<string, unknown>> = {}): Promise<ConsumerSocket> {
    const token = jwt ?? ((await (await fetch(`${server}/api/account/${account}/signup`, { method: 'POST' })).json()) as { jwt: string }).jwt;
    const frames = await Frames.open('consumer', `${server.replace('http', 'ws')}/ws_api/account/${account}/messaging/consumer?v=3`);
    const consumer = new ConsumerSocket(frames, token);
    await frames.request('InitConnection', {}, {
      headers: [
        { type: '.ams.headers.ClientProperties', features: ['RICH_CONTENT', 'QUICK_REPLIES', 'MULTI_DIALOG', 'AUTO_MESSAGES', 'PHOTO_SHARING', 'FILE_SHARING'], ...properties },
        { type: '.ams.headers.ConsumerAuthentication', jwt: token },
      ],
    });
    return consumer;
  }

  profile(profile: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.frames.request('userprofile.SetUserProfile', profile);
  }

  /** Opens a conversation, with a first message if there is one, and gives its id. */
  async converse(text?: string, body: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const { conversationId } = await this.frames.request('cm.ConsumerRequestConversation', body) as { conversationId: string };
    if (text !== undefined) await this.say(conversationId, text);
    return conversationId;
  }

  async say(dialogId: string, message: string): Promise<number> {
    return this.publish(dialogId, { type: 'ContentEvent', contentType: 'text/plain', message });
  }

  async publish(dialogId: string, event: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}): Promise<number> {
    return (await this.frames.request('ms.PublishEvent', { dialogId, event }, more) as { sequence: number }).sequence;
  }

  update(conversationId: string, conversationField: unknown): Promise<unknown> {
    return this.frames.request('cm.UpdateConversationField', { conversationId, conversationField });
  }

  /** Everything stored of a dialog, as the journal has it. */
  async journal(dialogId: string): Promise<Change[]> {
    return await this.frames.request('.ams.ms.QueryMessages', { dialogId, maxQuantity: 5000, newerThanSequence: -1 }) as Change[];
  }

  /** The texts of a dialog in the order of the journal. */
  async texts(dialogId: string): Promise<string[]> {
    return (await this.journal(dialogId)).filter(({ event }) => event.contentType === 'text/plain').map(({ event }) => event.message as string);
  }

  /** All of his conversations, as they are now. */
  async conversations(): Promise<ConversationRecord[]> {
    const { subscriptionId } = await this.frames.request('cqm.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] }) as { subscriptionId: string };
    const list = await this.frames.inbox.first('the list', frame => frame.type === 'cqm.ExConversationChangeNotification' && frame.body.subscriptionId === subscriptionId);
    await this.frames.request('cqm.UnsubscribeExConversations', { subscriptionId });
    return (list.body.changes as { result: ConversationRecord }[]).map(({ result }) => result);
  }

  /** Follows a dialog; its events come into {@link events}. */
  follow(dialogId: string, fromSeq = 0): Promise<unknown> {
    return this.frames.request('ms.SubscribeMessagingEvents', { dialogId, fromSeq });
  }

  get events(): Change[] {
    return this.frames.notifications.filter(frame => frame.type === 'ms.MessagingEventNotification').flatMap(frame => frame.body.changes as Change[]);
  }

  event(what: string, matches: (change: Change) => boolean): Promise<Change> {
    return this.frames.inbox.until(what, () => this.events.find(matches));
  }

  close(): void {
    this.frames.close();
  }
}
