import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { Avatar, Icon, IconButton, type IconName } from '@parley/ui';
import type { Conversation, Dialog } from '@parley/client';
import { toggleDetails } from '../app/detailsPane';
import { useWorkspace } from '../app/Workspace';
import { EarlierConversations } from './EarlierConversations';
import { facts, type Fact } from './facts';
import { NoteField } from './NoteField';
import { WhyMe } from './WhyMe';

interface DetailsPaneProps {
  readonly conversation: Conversation;
  readonly dialog: Dialog;
}

/** Who the consumer is, what he did before, and why he came to this agent. */
export function DetailsPane({ conversation, dialog }: DetailsPaneProps) {
  const { directory, ready } = useWorkspace();
  const id = conversation.consumerId;
  const profile = directory.profile(id).value;
  const name = directory.consumerName(id);
  useEffect(() => {
    if (ready.value) void directory.freshenProfile(id);
  }, [id, ready.value]);
  const known = facts(profile, conversation);
  const present = dialog.consumerPresent.value;
  return (
    <aside class="details" aria-label="About the consumer">
      <header class="details-head">
        <Avatar id={id} name={name} url={profile?.avatarUrl ?? null} size={40} />
        <div>
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p class="details-sub">
            {present === null ? (conversation.firstConversation ? 'First conversation' : 'Consumer') : present ? 'Online now' : 'Not online'}
          </p>
        </div>
        <IconButton class="details-close" icon="close" label="Hide the details" keys="i" onClick={() => toggleDetails(false)} />
      </header>
      <div class="details-body">
        {profile && (profile.email || profile.phone) && (
          <div class="details-contact">
            {profile.email && <Contact icon="mail" href={`mailto:${encodeURIComponent(profile.email).replace('%40', '@')}`} text={profile.email} />}
            {profile.phone && <Contact icon="phone" href={`tel:${profile.phone.replace(/[^+\d]/gu, '')}`} text={profile.phone} />}
          </div>
        )}
        <Facts title="Confirmed by the brand" hint="Claims of a signed login" list={known.claims} />
        <Facts title="Told by the consumer" list={known.told} />
        <Facts title="This visit" list={known.visit} />
        <NoteField conversation={conversation} />
        <EarlierConversations conversation={conversation} />
        <WhyMe conversation={conversation} />
        <Facts title="Technical" list={known.technical} closed />
      </div>
    </aside>
  );
}

function Contact({ icon, href, text }: { readonly icon: IconName; readonly href: string; readonly text: string }) {
  return (
    <a href={href} rel="noopener noreferrer">
      <Icon name={icon} /> <span>{text}</span>
    </a>
  );
}

export function Section({ title, hint, closed = false, children }: { readonly title: string; readonly hint?: string; readonly closed?: boolean; readonly children: ComponentChildren }) {
  return (
    <details class="details-section" open={!closed}>
      <summary>
        <h3 title={hint}>{title}</h3>
        <Icon name="chevronDown" size={12} />
      </summary>
      {children}
    </details>
  );
}

function Facts({ title, hint, list, closed = false }: { readonly title: string; readonly hint?: string; readonly list: readonly Fact[]; readonly closed?: boolean }) {
  if (list.length === 0) return null;
  return (
    <Section title={title} closed={closed} {...(hint ? { hint } : {})}>
      <dl class="facts">
        {list.map((fact, index) => (
          <div key={index}>
            <dt>{fact.name}</dt>
            <dd>
              {fact.href ? (
                <a href={fact.href} target="_blank" rel="noopener noreferrer">
                  {fact.value}
                </a>
              ) : (
                fact.value
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}
