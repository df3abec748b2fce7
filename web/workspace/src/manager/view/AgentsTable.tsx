import { useSignal } from '@preact/signals';
import { Avatar, Badge, Button, EmptyState, IconButton, Link, Skeleton, Time } from '@parley/ui';
import { useFloor } from '../context';
import { stateNames, type AgentRow } from '../model/agents';
import { formatSlots } from '../model/figures';
import { pathBeside } from '../place';
import { LoadBar } from './LoadBar';

const presences = { ONLINE: 'online', OCCUPIED: 'busy', BACK_SOON: 'away', AWAY: 'away', OFFLINE: 'offline' } as const;
const tones = { ONLINE: 'positive', OCCUPIED: 'warning', BACK_SOON: 'neutral', AWAY: 'neutral', OFFLINE: 'neutral' } as const;

/** Who is there, what they say of themselves, and how much they have in hand. */
export function AgentsTable() {
  const floor = useFloor();
  const offline = useSignal(false);
  if (floor.snapshot.value === null) return <Skeleton label="The agents" rows={4} shape="rows" />;
  const rows = floor.agents.value;
  const there = rows.filter((row) => row.agent.state !== 'OFFLINE' || row.conversations.length > 0);
  const gone = rows.length - there.length;
  return (
    <>
      {there.length === 0 ? (
        <EmptyState icon="users" title="No agent is here">
          Agents appear as soon as they log in.
        </EmptyState>
      ) : (
        <Rows rows={there} label="Agents" />
      )}
      {gone > 0 && (
        <>
          <p class="mgr-more">
            <Button kind="quiet" size="small" icon={offline.value ? 'chevronUp' : 'chevronDown'} aria-expanded={offline.value} onClick={() => (offline.value = !offline.value)}>
              {gone} offline
            </Button>
          </p>
          {offline.value && <Rows rows={rows.filter((row) => !there.includes(row))} label="Agents who are offline" />}
        </>
      )}
    </>
  );
}

function Rows({ rows, label }: { rows: readonly AgentRow[]; label: string }) {
  return (
    <div role="table" aria-label={label} class="mgr-table mgr-agents">
      <div role="row" class="mgr-table-head">
        <span role="columnheader">Agent</span>
        <span role="columnheader">State</span>
        <span role="columnheader">Load</span>
        <span role="columnheader">
          <span class="ui-hidden">Conversations</span>
        </span>
      </div>
      {rows.map((row) => (
        <Row key={row.agent.pid} row={row} />
      ))}
    </div>
  );
}

function Row({ row: { agent, conversations } }: { row: AgentRow }) {
  const floor = useFloor();
  const open = useSignal(false);
  const { state, stateSince: since } = agent;
  return (
    <div role="row" class="mgr-table-row" data-agent={agent.login}>
      <span role="cell" class="mgr-agent-who">
        <Avatar id={agent.pid} name={agent.nickname} presence={presences[state]} size={24} />
        <span class="mgr-agent-name">
          <span class="mgr-cut">{agent.nickname}</span>
          <span class="mgr-quiet mgr-cut">{agent.skills.length === 0 ? 'every skill' : agent.skills.map((skill) => skill.name).join(', ')}</span>
        </span>
      </span>
      <span role="cell" class="mgr-agent-state">
        <Badge tone={tones[state]}>{stateNames[state]}</Badge>
        <span class="mgr-quiet mgr-cut">
          {since != null && <Time at={since} as="elapsed" skew={floor.client.now() - Date.now()} />}
          {agent.description !== '' && ` ${agent.description}`}
          {!agent.connected && agent.state !== 'OFFLINE' && ' not connected'}
        </span>
      </span>
      <span role="cell" class="mgr-agent-load">
        <LoadBar used={agent.usedSlots} slots={agent.maxSlots} name={agent.nickname} />
        <span class="mgr-count">
          {formatSlots(agent.usedSlots)} of {agent.maxSlots}
        </span>
        {agent.rings > 0 && <span class="mgr-quiet">{agent.rings === 1 ? 'rings' : `${agent.rings} rings`}</span>}
      </span>
      <span role="cell" class="mgr-agent-more">
        {conversations.length > 0 && (
          <IconButton
            size="small"
            icon={open.value ? 'chevronUp' : 'chevronDown'}
            label={`${open.value ? 'Hide' : 'Show'} the ${conversations.length === 1 ? 'conversation' : `${conversations.length} conversations`} of ${agent.nickname}`}
            aria-expanded={open.value}
            onClick={() => (open.value = !open.value)}
          />
        )}
      </span>
      {open.value && conversations.length > 0 && (
        <span role="cell" class="mgr-agent-conversations">
          <ul>
            {conversations.map((one) => (
              <li key={one.id}>
                <Link to={pathBeside(one.id)} class="mgr-agent-conversation">
                  <span>{floor.directory.consumerName(one.consumerId)}</span>
                  <span class="mgr-quiet mgr-cut">{one.last?.text ?? 'nothing written yet'}</span>
                </Link>
              </li>
            ))}
          </ul>
        </span>
      )}
    </div>
  );
}
