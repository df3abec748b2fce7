import { useEffect, useMemo } from 'preact/hooks';
import { EmptyState } from '@parley/ui';
import type { ViewProps } from '../app/ViewProps';
import { AccountSection } from './account/AccountSection';
import { Reasons } from './account/Reasons';
import { Surveys } from './account/Surveys';
import { WorkingHoursEditor } from './account/WorkingHours';
import { Administration } from './Administration';
import { AnswersView } from './answers/AnswersView';
import { AdministrationContext } from './context';
import { LeaveGuard } from './LeaveGuard';
import { access, brand, closing, files, messages, promises, routing } from './model/specs';
import { Nav } from './Nav';
import { AgentsView } from './people/AgentsView';
import { go, placeNow, sections, type SectionId } from './place';
import { SkillsView } from './skills/SkillsView';
import './settings.css';

/** What the account decides for itself. */
export default function Settings({ client, admin }: ViewProps) {
  const administration = useMemo(() => new Administration(client, admin), [client, admin]);
  const { section } = placeNow();
  const role = client.role.value;
  const wide = matchMedia('(width >= 760px)').matches;
  useEffect(() => {
    if (section === null && wide && role !== null && role !== 'agent') go('agents');
  }, [section, wide, role]);
  useEffect(() => {
    document.querySelector('.set-content')?.scrollTo(0, 0);
  }, [section]);
  if (role === 'agent') {
    return (
      <div class="set">
        <EmptyState icon="lock" title="This is for managers and administrators" action={<h1 class="ui-hidden">Settings</h1>}>
          Your own settings are behind your picture, below on the left.
        </EmptyState>
      </div>
    );
  }
  return role === null ? null : (
    <AdministrationContext.Provider value={administration}>
      <div class={`set ${section === null ? '' : 'has-section'}`}>
        <Nav />
        <div class="set-content">{section !== null && <Content key={section} section={section} />}</div>
        <LeaveGuard />
      </div>
    </AdministrationContext.Provider>
  );
}

const titles = Object.fromEntries(sections.map((section) => [section.id, section.label])) as Readonly<Record<SectionId, string>>;

function Content({ section }: { section: SectionId }) {
  const title = titles[section];
  switch (section) {
    case 'agents':
      return <AgentsView />;
    case 'skills':
      return <SkillsView />;
    case 'answers':
      return <AnswersView />;
    case 'brand':
      return <AccountSection title={title} intro="What consumers see of you." groups={[{ specs: brand }]} />;
    case 'promises':
      return <AccountSection title={title} intro="Within what time a consumer gets an answer. Conversations are ordered by it, and shown as overdue after it. A skill may promise something else." groups={[{ specs: promises }]} />;
    case 'routing':
      return <AccountSection title={title} intro="How conversations find their agents." groups={routing} />;
    case 'hours':
      return (
        <AccountSection
          title={title}
          intro="When you are closed no promise runs, and consumers can be told when you open."
          groups={[]}
          more={(source) => <WorkingHoursEditor source={source} />}
        />
      );
    case 'messages':
      return <AccountSection title={title} intro="What the server writes to consumers by itself. An empty one is not written." groups={[{ specs: messages }]} />;
    case 'closing':
      return <AccountSection title={title} groups={[{ title: 'Closing', specs: closing }]} more={(source) => <Surveys source={source} />} />;
    case 'reasons':
      return <AccountSection title={title} intro="What agents choose from when they go." groups={[]} more={(source) => <Reasons source={source} />} />;
    case 'files':
      return <AccountSection title={title} groups={[{ specs: files }]} />;
    case 'access':
      return <AccountSection title={title} groups={access} />;
  }
}
