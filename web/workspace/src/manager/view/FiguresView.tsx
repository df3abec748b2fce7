import type { Figures } from '@parley/client/admin';
import { EmptyState, ErrorState, Skeleton } from '@parley/ui';
import { useFloor } from '../context';
import { formatCount, formatSeconds, formatShare } from '../model/figures';

interface Column {
  readonly name: string;
  readonly means: string;
  of(figures: Figures): string;
}

const columns: readonly Column[] = [
  { name: 'Began', means: 'Conversations that began today', of: (one) => formatCount(one.opened) },
  { name: 'Found an agent', means: 'Conversations that found their first agent', of: (one) => formatCount(one.assigned) },
  { name: 'In time', means: "Of these, within the skill's wait target", of: (one) => formatShare(one.assignedInTime, one.assigned) },
  { name: 'Average wait', means: 'From their beginning to their first agent', of: (one) => formatSeconds(one.waitAverageSeconds) },
  { name: 'Longest wait', means: 'The longest of these', of: (one) => (one.assigned === 0 ? '–' : formatSeconds(one.waitLongestSeconds)) },
  { name: 'First answer', means: 'From their beginning to the first answer, on average', of: (one) => formatSeconds(one.answerAverageSeconds) },
  { name: 'As promised', means: 'First answers within the response promise', of: (one) => formatShare(one.answeredInTime, one.answered) },
  { name: 'Ended', means: 'Conversations that ended today', of: (one) => formatCount(one.closed) },
  { name: 'Gave up', means: 'Conversations that ended without ever having had an agent', of: (one) => formatCount(one.abandoned) },
];

const ringColumns: readonly Column[] = [
  { name: 'Rings', means: 'How often this agent was rung', of: (one) => formatCount(one.ringsOffered) },
  { name: 'Accepted', means: 'Rings that were accepted', of: (one) => formatCount(one.ringsAccepted) },
  { name: 'Rejected', means: 'Rings that were rejected', of: (one) => formatCount(one.ringsRejected) },
  { name: 'Missed', means: 'Rings that passed without an answer', of: (one) => formatCount(one.ringsExpired) },
  { name: 'First answer', means: 'From the beginning to the first answer, on average', of: (one) => formatSeconds(one.answerAverageSeconds) },
  { name: 'As promised', means: 'First answers within the response promise', of: (one) => formatShare(one.answeredInTime, one.answered) },
  { name: 'Ended', means: 'Conversations of this agent that ended', of: (one) => formatCount(one.closed) },
];

/** The figures of the day by skill and by agent. */
export function FiguresView() {
  const floor = useFloor();
  const today = floor.today.value;
  if (today === null) {
    return floor.todayError.value === null ? (
      <Skeleton label="The figures of the day" rows={6} />
    ) : (
      <ErrorState title="The figures of the day are not there" onRetry={() => void floor.readDay()}>
        {floor.todayError.value}
      </ErrorState>
    );
  }
  return (
    <div class="mgr-overview">
      <section class="mgr-section" aria-labelledby="mgr-by-skill">
        <h2 id="mgr-by-skill">By skill, today</h2>
        <Table
          label="Figures by skill"
          first="Skill"
          columns={columns}
          rows={[...[...today.bySkill].sort((a, b) => Number(a.skillId === null) - Number(b.skillId === null)).map((one) => ({ key: one.skillId ?? 'none', name: one.skillId === null ? 'No skill' : one.name, figures: one.figures })), { key: 'all', name: 'All', figures: today.total }]}
          hasTotal
        />
      </section>
      <section class="mgr-section" aria-labelledby="mgr-by-agent">
        <h2 id="mgr-by-agent">By agent, today</h2>
        {today.byAgent.length === 0 ? (
          <EmptyState icon="users" title="Nobody was rung yet today" />
        ) : (
          <Table label="Figures by agent" first="Agent" columns={ringColumns} rows={today.byAgent.map((one) => ({ key: one.agent.pid, name: one.agent.nickname, figures: one.figures }))} />
        )}
      </section>
    </div>
  );
}

interface TableProps {
  readonly label: string;
  readonly first: string;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly key: string; readonly name: string; readonly figures: Figures }[];
  readonly hasTotal?: boolean;
}

function Table({ label, first, columns, rows, hasTotal = false }: TableProps) {
  return (
    <div class="mgr-scroll" tabIndex={0} role="region" aria-label={label}>
      <table class={`mgr-figures ${hasTotal ? 'has-total' : ''}`}>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {columns.map((column) => (
              <th key={column.name} scope="col" title={column.means}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              {columns.map((column) => (
                <td key={column.name}>{column.of(row.figures)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
