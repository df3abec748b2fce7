import { signal, type ReadonlySignal } from '@preact/signals';
import { createAgentClient, type AgentClient } from '@parley/client';
import { AdminClient } from '@parley/client/admin';
import { Workspace } from './Workspace';

const current = signal<Workspace | null>(null);

/** Null while nobody is logged in. */
export const session: ReadonlySignal<Workspace | null> = current;

const accountKey = 'parley.workspace.account';

export function rememberedAccount(): string | null {
  try {
    return sessionStorage.getItem(accountKey) ?? localStorage.getItem(accountKey);
  } catch {
    return null;
  }
}

function remember(account: string): void {
  for (const storage of ['sessionStorage', 'localStorage'] as const) {
    try {
      window[storage].setItem(accountKey, account);
    } catch {
      // Then it is typed again.
    }
  }
}

const clientOf = (account: string) => createAgentClient({ server: location.origin, account });

function open(client: AgentClient): void {
  const workspace = new Workspace(client, new AdminClient(location.origin, client.account, () => client.bearer.value), client.agentId.value ?? '', storageOf());
  void workspace.directory.loadSkills().catch(() => undefined);
  current.value = workspace;
}

/** Rejects when the login is refused or the server cannot be reached. */
export async function logIn(account: string, login: string, password: string): Promise<void> {
  const client = clientOf(account);
  await client.logIn(login, password);
  remember(account);
  open(client);
}

/** Goes on with the session this tab had before a reload. */
export function resume(): void {
  const account = rememberedAccount();
  if (account === null) return;
  const client = clientOf(account);
  if (client.resume()) open(client);
  else client.stop();
}

/** What was not sent yet is lost with the session, hence whoever logs out is asked first. */
export async function logOut(): Promise<void> {
  const workspace = current.value;
  current.value = null;
  if (workspace === null) return;
  workspace.close();
  document.title = 'Parley';
  await workspace.client.logOut().catch(() => undefined);
}

function storageOf(): Storage {
  try {
    return window.localStorage;
  } catch {
    const kept = new Map<string, string>();
    return { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) } as Storage;
  }
}
