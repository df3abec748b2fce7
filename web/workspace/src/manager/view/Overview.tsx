import { AgentsTable } from './AgentsTable';
import { DayPlots } from './DayPlots';
import { QueueTable } from './QueueTable';
import { SkillsTable } from './SkillsTable';

export function Overview() {
  return (
    <div class="mgr-overview">
      <DayPlots />
      <div class="mgr-columns">
        <div class="mgr-stack">
          <section class="mgr-section" aria-labelledby="mgr-queue">
            <h2 id="mgr-queue">Queue</h2>
            <QueueTable />
          </section>
          <section class="mgr-section" aria-labelledby="mgr-skills">
            <h2 id="mgr-skills">Skills</h2>
            <SkillsTable />
          </section>
        </div>
        <section class="mgr-section" aria-labelledby="mgr-agents">
          <h2 id="mgr-agents">Agents</h2>
          <AgentsTable />
        </section>
      </div>
    </div>
  );
}
