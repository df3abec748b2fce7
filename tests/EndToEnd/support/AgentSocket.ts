import type { Login } from './Brand.ts';
import { Frames } from './Frames.ts';

interface RingDetails {
  readonly ringId: string;
  readonly ringState: string;
  readonly convId: string;
}

/** An agent without a browser. */
export class AgentSocket {
  readonly frames: Frames;
  readonly bearer: string;
  readonly agentId: string;

  private constructor(frames: Frames, bearer: string, agentId: string) {
    this.frames = frames;
    this.bearer = bearer;
    this.agentId = agentId;
  }

  static async open(server: string, { account, login, password }: Login): Promise<AgentSocket> {
    const answer = await fetch(`${server}/api/account/${account}/login?v=1.3`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ username: login, password }),
    });
    if (!answer.ok) throw new Error(`login of ${login}: ${answer.status} ${await answer.text()}`);
    const { bearer, config } = (await answer.json()) as { bearer: string; config: { userId: string } };
    const frames = await Frames.open(login, `${server.replace('http', 'ws')}/ws_api/account/${account}/messaging/brand/${bearer}?v=2.1`);
    const agent = new AgentSocket(frames, bearer, `${account}.${config.userId}`);
    await frames.request('.ams.routing.SubscribeRoutingTasks', { brandId: account, channelType: 'MESSAGING' });
    return agent;
  }

  async state(availability: string): Promise<void> {
    await this.frames.request('.ams.routing.SetAgentState', { availability, channels: ['MESSAGING'] });
  }

  ring(conversationId: string): Promise<RingDetails> {
    return this.frames.inbox.until(`the ring of ${conversationId}`, () => this.#rings.findLast(ring => ring.convId === conversationId && ring.ringState === 'WAITING'));
  }

  /** The first ring there is. */
  anyRing(): Promise<RingDetails> {
    return this.frames.inbox.until('a ring', () => this.#rings.find(ring => ring.ringState === 'WAITING'));
  }

  /** Waits for the ring of a conversation and takes it. */
  async accept(conversationId: string): Promise<void> {
    const { ringId } = await this.ring(conversationId);
    await this.frames.request('.ams.routing.UpdateRingState', { ringId, ringState: 'ACCEPTED' });
    await this.frames.inbox.until('the accepted ring', () => this.#rings.find(ring => ring.ringId === ringId && ring.ringState === 'ACCEPTED'));
  }

  async say(dialogId: string, message: string, audience = 'ALL'): Promise<number> {
    return this.publish(dialogId, { type: 'ContentEvent', contentType: 'text/plain', message }, audience);
  }

  async publish(dialogId: string, event: Readonly<Record<string, unknown>>, messageAudience = 'ALL', more: Readonly<Record<string, unknown>> = {}): Promise<number> {
    return (await this.frames.request('.ams.ms.PublishEvent', { dialogId, event, messageAudience }, more) as { sequence: number }).sequence;
  }

  update(conversationId: string, ...conversationField: unknown[]): Promise<unknown> {
    return this.frames.request('.ams.cm.UpdateConversationField', { conversationId, conversationField });
  }

  end(conversationId: string): Promise<unknown> {
    return this.update(conversationId, { field: 'ConversationStateField', conversationState: 'CLOSE' });
  }

  close(): void {
    this.frames.close();
  }

  get #rings(): RingDetails[] {
    return this.frames.notifications.filter(frame => frame.type === '.ams.routing.RoutingTaskNotification')
      .flatMap(frame => (frame.body.changes as { result: { ringsDetails: RingDetails[] } }[]).flatMap(change => change.result.ringsDetails));
  }
}
