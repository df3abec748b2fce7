import type { Conversation } from '@parley/client';
import { nameOf } from '../app/Directory';
import { useWorkspace } from '../app/Workspace';
import type { PlaceholderValues } from './placeholders';

export function useCannedValues(conversation: Conversation): PlaceholderValues {
  const { brand, client, directory } = useWorkspace();
  const profile = directory.profile(conversation.consumerId).value;
  const me = client.id.value;
  return {
    firstName: profile?.firstName ?? profile?.nickname ?? null,
    consumer: nameOf(profile),
    agent: me === null ? null : directory.agentName(me),
    brand: brand.facts.value.brandName,
    skill: conversation.skillId === null ? null : directory.skillName(conversation.skillId),
  };
}
