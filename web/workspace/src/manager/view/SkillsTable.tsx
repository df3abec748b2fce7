import { Icon, Skeleton } from '@parley/ui';
import { useFloor } from '../context';
import { formatCount, formatSeconds } from '../model/figures';
import { go } from '../place';

/** Who waits for which skill, and who is there for it. */
export function SkillsTable() {
  const floor = useFloor();
  const snapshot = floor.snapshot.value;
  if (snapshot === null) return <Skeleton label="The skills" rows={3} />;
  const rows = snapshot.queue.bySkill.filter((row) => row.skillId !== null || row.waiting > 0);
  const show = (skill: string) => {
    floor.show({ stage: 'waiting', skill });
    go('conversations');
  };
  return (
    <div class="mgr-scroll" tabIndex={0} role="region" aria-label="Skills now">
      <table class="mgr-figures">
        <thead>
          <tr>
            <th scope="col">Skill</th>
            <th scope="col">Waiting</th>
            <th scope="col">Overdue</th>
            <th scope="col">Longest</th>
            <th scope="col">Online</th>
            <th scope="col">Free slots</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.skillId ?? 'none'}>
              <th scope="row">
                {row.waiting === 0 ? (
                  row.name
                ) : (
                  <button type="button" class="mgr-text-button" onClick={() => show(row.skillId ?? 'none')}>
                    {row.name}
                  </button>
                )}
              </th>
              <td>{formatCount(row.waiting)}</td>
              <td class={row.overdue > 0 ? 'mgr-overdue' : ''}>
                {row.overdue > 0 && <Icon name="alert" size={12} label="late" />} {formatCount(row.overdue)}
              </td>
              <td>{row.waiting === 0 ? '–' : formatSeconds(row.longestWaitSeconds)}</td>
              <td>{formatCount(row.agentsOnline)}</td>
              <td>{formatCount(row.freeSlots)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
