import { signal, type ReadonlySignal } from '@preact/signals';
import { createAgentClient, type AgentClient, type KeyValueStorage } from '@parley/client';
import { AdminClient } from '@parley/client/admin';
import { Workspace } from './Workspace';

const current = signal<Workspace | null>(null);

/** Null while nobody is logged in. */
export const session: ReadonlySignal<Workspace | null> = current;

const accountKey = 'parley.workspace.account';

/** The account of the last login in this browser. */
export const rememberedAccount = () => stored('localStorage', (storage) => storage.getItem(accountKey));

/** Storage may be forbidden: then it is typed again. */
function stored<T>(where: 'localStorage' | 'sessionStorage', use: (storage: Storage) => T): T | null {
  try {
    return use(window[where]);
  } catch {
    return null;
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
  stored('localStorage', (storage) => storage.setItem(accountKey, account));
  stored('sessionStorage', (storage) => storage.setItem(accountKey, account));
  open(client);
}

/** Goes on with the session this tab had before a reload. */
export function resume(): void {
  const account = stored('sessionStorage', (storage) => storage.getItem(accountKey));
  if (account === null) return;
  const client = clientOf(account);
  if (client.resume()) open(client);
  else client.stop();
}

/** What was not sent yet is forgotten, so that the next person here sees nothing of it; hence whoever logs out is asked first. */
export async function logOut(): Promise<void> {
  const workspace = current.value;
  current.value = null;
  stored('sessionStorage', (storage) => storage.removeItem(accountKey));
  if (workspace === null) return;
  workspace.close();
  workspace.drafts.clear();
  document.title = 'Parley';
  await workspace.client.logOut().catch(() => undefined);
}

function storageOf(): KeyValueStorage {
  const kept = new Map<string, string>();
  return stored('localStorage', (storage) => storage) ?? { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}
