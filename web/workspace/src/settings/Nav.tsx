import { Icon, Link } from '@parley/ui';
import { pathTo, placeNow, sections } from './place';

const groups = [...new Set(sections.map((section) => section.group))];

export function Nav() {
  const current = placeNow().section;
  return (
    <nav class="set-nav" aria-label="Settings">
      <h1>Settings</h1>
      {groups.map((group) => (
        <section key={group}>
          <h2 class="set-nav-group">{group}</h2>
          <ul>
            {sections
              .filter((section) => section.group === group)
              .map((section) => (
                <li key={section.id}>
                  <Link to={pathTo(section.id)} class="set-nav-link" aria-current={current === section.id ? 'page' : undefined}>
                    <Icon name={section.icon} />
                    <span>{section.label}</span>
                    <Icon name="chevronRight" class="set-nav-more" />
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
