import { useEffect, useMemo } from 'preact/hooks';
import { Banner, Button, EmptyState, Tabs, Time, useHotkeys } from '@parley/ui';
import type { ViewProps } from '../app/ViewProps';
import { useWorkspace } from '../app/Workspace';
import { FloorContext, useFloor } from './context';
import { Floor } from './Floor';
import { go, placeNow, views } from './place';
import { ConversationPanel } from './view/ConversationPanel';
import { ConversationsView } from './view/ConversationsView';
import { FiguresView } from './view/FiguresView';
import { Numbers } from './view/Numbers';
import { Overview } from './view/Overview';
import './manager.css';

const names = { overview: 'Overview', conversations: 'Conversations', figures: 'Figures' } as const;

/** Queue, agents, conversations and figures of the account, live. */
export default function Manager({ client, admin }: ViewProps) {
  const { directory } = useWorkspace();
  const role = client.role.value;
  if (role === 'agent') {
    return (
      <div class="mgr">
        <EmptyState icon="lock" title="This is for managers" action={<h1 class="ui-hidden">Manager view</h1>}>
          Ask an administrator for the role of a manager.
        </EmptyState>
      </div>
    );
  }
  return role === null ? null : <Shown key={client.account} client={client} admin={admin} directory={directory} />;
}

function Shown({ client, admin, directory }: ViewProps & Pick<Floor, 'directory'>) {
  const floor = useMemo(() => new Floor(client, admin, directory), [client, admin, directory]);
  useEffect(() => () => floor.close(), [floor]);
  const place = placeNow();
  useHotkeys(views.map((view, index) => ({ keys: String(index + 1), label: names[view], group: 'Manager view', run: () => go(view) })));
  return (
    <FloorContext.Provider value={floor}>
      <div class={`mgr ${place.conversationId === null ? '' : 'has-panel'}`}>
        <div class="mgr-main" data-view={place.view}>
          <header class="mgr-head">
            <h1>Manager view</h1>
            <Liveness />
          </header>
          <FeedBanner />
          <Numbers />
          <Tabs
            label="Manager view"
            class="mgr-views"
            tabs={views.map((id) => ({ id, label: names[id] }))}
            selected={place.view}
            onSelect={(view) => go(view, place.conversationId)}
          >
            {place.view === 'overview' ? <Overview /> : place.view === 'conversations' ? <ConversationsView /> : <FiguresView />}
          </Tabs>
        </div>
        {place.conversationId !== null && <ConversationPanel key={place.conversationId} id={place.conversationId} />}
      </div>
    </FloorContext.Provider>
  );
}

function Liveness() {
  const floor = useFloor();
  const live = floor.feedState.value === 'live';
  return (
    <span class={`mgr-live ${live ? 'is-live' : ''}`} role="status">
      <span class="mgr-live-dot" aria-hidden="true" /> {live ? 'Live' : 'Not live'}
    </span>
  );
}

function FeedBanner() {
  const floor = useFloor();
  const snapshot = floor.snapshot.value;
  switch (floor.feedState.value) {
    case 'lost':
      return (
        <Banner tone="warning" icon="offline">
          {snapshot === null ? 'Queue and agents cannot be followed at the moment.' : <>Queue and agents are as they were at <Time at={snapshot.at} />.</>} Trying again.
        </Banner>
      );
    case 'ended':
      return (
        <Banner tone="danger" icon="lock" action={<Button size="small" onClick={() => location.reload()}>Reload</Button>}>
          The server does not let you follow queue and agents any more. Log in again, or ask an administrator for your role.
        </Banner>
      );
    default:
      return null;
  }
}
