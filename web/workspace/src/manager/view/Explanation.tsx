import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Conversation } from '@parley/client';
import type { Explanation as Explained } from '@parley/client/admin';
import { Badge, EmptyState, ErrorState, formatTime, Skeleton } from '@parley/ui';
import { explainRefusal } from '../../settings/model/refusal';
import { useFloor } from '../context';
import { formatSeconds } from '../model/figures';

const outcomes: Readonly<Record<Explained['rings'][number]['state'], { readonly words: string; readonly tone: 'neutral' | 'positive' | 'warning' | 'danger' }>> = {
  waiting: { words: 'rings', tone: 'warning' },
  accepted: { words: 'accepted', tone: 'positive' },
  autoAccept: { words: 'got it unasked', tone: 'positive' },
  rejected: { words: 'rejected', tone: 'danger' },
  expired: { words: 'let it pass', tone: 'danger' },
  cancelled: { words: 'called off', tone: 'neutral' },
};

/** Where a conversation stands and why, to whom it was offered, and why nobody has it. */
export function Explanation({ conversation }: { conversation: Conversation }) {
  const floor = useFloor();
  const told = useSignal<Explained | null>(null);
  const error = useSignal<string | null>(null);
  const ask = async () => {
    try {
      told.value = await floor.admin.explain(conversation.id);
      error.value = null;
    } catch (reason) {
      error.value = explainRefusal(reason);
    }
  };
  // The feed says that something changed; what that means for this one is asked for.
  const moment = floor.snapshot.value?.at;
  useEffect(() => void ask(), [conversation.id, conversation.assignedAgentId, conversation.skillId, conversation.open, conversation.mainOpen ? moment : null]);
  if (told.value === null) {
    return error.value === null ? <Skeleton label="Why it is here" rows={5} /> : <ErrorState title="The reasons are not there" onRetry={() => void ask()}>{error.value}</ErrorState>;
  }
  const { state, place, agent, rings, candidates, at } = told.value;
  const skill = floor.directory.skillName(told.value.skillId);
  return (
    <div class="mgr-why" tabIndex={0} role="region" aria-label="Why it is here">
      <section>
        <h3>Where it stands</h3>
        <p class="mgr-why-now">
          {state === 'closed'
            ? 'It is closed; nobody is looked for.'
            : state === 'assigned'
              ? `${agent?.nickname ?? 'Somebody'} has it.`
              : place === null
                ? 'Nobody has it, and nobody is looked for yet.'
                : place.ringing.length > 0
                  ? `It rings at ${place.ringing.map((one) => one.nickname).join(', ')}.`
                  : place.handedTo !== null
                    ? `It waits for ${place.handedTo.nickname} alone.`
                    : 'It waits for an agent.'}
        </p>
        <dl class="mgr-facts">
          <div>
            <dt>Skill</dt>
            <dd>{skill}</dd>
          </div>
          {place !== null && (
            <>
              <div>
                <dt>Place</dt>
                <dd>
                  {place.position} of those with {skill}
                </dd>
              </div>
              <div>
                <dt>Urgency</dt>
                <dd>{place.overdue ? 'Overdue' : { urgent: 'Urgent', prioritized: 'Prioritized', normal: 'Normal', overdue: 'Overdue' }[place.class]}</dd>
              </div>
              <div>
                <dt>Answer due</dt>
                <dd>{formatTime(place.due)}</dd>
              </div>
              <div>
                <dt>Waited</dt>
                <dd>{formatSeconds(place.waitedSeconds)}</dd>
              </div>
              <div>
                <dt>Probably</dt>
                <dd>{place.estimatedWaitSeconds === null ? 'not known' : `${formatSeconds(place.estimatedWaitSeconds)} more`}</dd>
              </div>
            </>
          )}
        </dl>
      </section>
      <section>
        <h3>To whom it was offered</h3>
        {rings.length === 0 ? (
          <p class="mgr-quiet">To nobody yet.</p>
        ) : (
          <ol class="mgr-rings">
            {[...rings].reverse().map((ring) => (
              <li key={ring.ringId}>
                <span class="mgr-ring-head">
                  <span class="mgr-ring-time">{formatTime(ring.offeredTs)}</span>
                  <span class="mgr-ring-name">{ring.agent.nickname}</span>
                  <Badge tone={outcomes[ring.state].tone}>{outcomes[ring.state].words}</Badge>
                  <span class="mgr-quiet">
                    {ring.endedTs === null ? 'for' : 'after'} {formatSeconds(Math.max(0, ((ring.endedTs ?? at) - ring.offeredTs) / 1000))}
                  </span>
                </span>
                {ring.why !== null && <span class="mgr-quiet">{ring.why}</span>}
              </li>
            ))}
          </ol>
        )}
      </section>
      {place !== null && (
        <section>
          <h3>Who could have it, and why not</h3>
          {candidates.length === 0 ? (
            <EmptyState icon="users" title="No agent has its skill" />
          ) : (
            <ul class="mgr-candidates">
              {candidates.map((one) => (
                <li key={one.agent.pid}>
                  <span>{one.agent.nickname}</span>
                  <span class="mgr-quiet">{one.verdict}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </div>
  );
}
