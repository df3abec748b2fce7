import { computed, type ReadonlySignal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { AgentClient, KeyValueStorage } from '@parley/client';
import type { AdminClient } from '@parley/client/admin';
import { CannedAnswers } from '../canned/CannedAnswers';
import { Attachments } from '../composer/Attachments';
import { Drafts } from '../composer/Drafts';
import { Inbox } from '../inbox/Inbox';
import { Brand } from './Brand';
import { Directory } from './Directory';
import type { Unfinished } from './Unfinished';

/** What the screens of one logged-in agent share. */
export class Workspace {
  readonly client: AgentClient;
  readonly admin: AdminClient;
  readonly directory: Directory;
  readonly inbox: Inbox;
  readonly canned: CannedAnswers;
  readonly drafts: Drafts;
  readonly attachments = new Attachments();
  readonly brand: Brand;
  /** Connected, and everything on the screen has caught up: only then may anything be decided from it. */
  readonly ready: ReadonlySignal<boolean>;
  /** What the server's clock is ahead of this machine's, ms. */
  readonly skew: () => number;

  constructor(client: AgentClient, admin: AdminClient, agentId: string, storage: KeyValueStorage) {
    this.client = client;
    this.admin = admin;
    this.directory = new Directory(client, admin);
    this.inbox = new Inbox(client, this.directory);
    this.canned = new CannedAnswers(admin);
    this.drafts = new Drafts(storage, agentId, Date.now());
    this.brand = new Brand(client.account);
    this.ready = computed(() => client.connection.value.kind === 'online');
    this.skew = () => client.now() - Date.now();
  }

  get unfinished(): Unfinished {
    const { messages, files } = this.client.unsent();
    const isKnown = this.inbox.rows.value !== null;
    const goesOn = (id: string) => !isKnown || this.inbox.get(id)?.mainOpen === true;
    const attached = this.attachments.conversations.filter(goesOn);
    const begun = new Set([...attached, ...this.drafts.conversations.filter(goesOn)]);
    return { begun: begun.size, messages, files: files + attached.length > 0 };
  }

  close(): void {
    this.inbox.close();
  }
}

const Context = createContext<Workspace | null>(null);

export const WorkspaceProvider = Context.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(Context);
  if (workspace === null) throw new Error('Nobody is logged in here');
  return workspace;
}
