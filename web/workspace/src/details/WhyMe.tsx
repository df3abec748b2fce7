import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button, Skeleton } from '@parley/ui';
import type { Conversation } from '@parley/client';
import { wordsOf } from '../app/attempt';
import { useWorkspace } from '../app/Workspace';
import { Section } from './DetailsPane';

/** Why routing brought it here, in the server's own words; asked for when somebody wants to know. */
export function WhyMe({ conversation }: { readonly conversation: Conversation }) {
  const { admin } = useWorkspace();
  const asked = useSignal(false);
  const words = useSignal<string | null>(null);
  const error = useSignal<string | null>(null);
  useEffect(() => {
    if (!asked.value) return;
    error.value = null;
    void admin.explain(conversation.id).then(
      (explanation) => (words.value = explanation.text),
      (reason: unknown) => (error.value = wordsOf(reason)),
    );
  }, [conversation.id, conversation.assignedAgentId, asked.value]);
  return (
    <Section title="Routing">
      {!asked.value ? (
        <Button size="small" icon="route" onClick={() => (asked.value = true)}>
          Why me?
        </Button>
      ) : error.value !== null ? (
        <p class="details-none" role="alert">
          The explanation cannot be had: {error.value}
        </p>
      ) : words.value === null ? (
        <Skeleton label="Asking the server" rows={2} />
      ) : (
        <p class="why" role="status">
          {words.value}
        </p>
      )}
    </Section>
  );
}
