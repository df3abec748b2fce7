import type { Conversation, Profile } from '@parley/client';
import { formatWhole } from '@parley/ui';

export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly href?: string;
}

export interface Facts {
  readonly claims: readonly Fact[];
  readonly told: readonly Fact[];
  readonly visit: readonly Fact[];
  readonly technical: readonly Fact[];
}

type Sde = { readonly type: string; readonly [member: string]: unknown };

const words = (name: string) => {
  const spaced = name.replace(/([a-z\d])([A-Z])/gu, '$1 $2').replaceAll('_', ' ').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
};

const isWeb = (text: string) => /^https?:\/\/\S+$/iu.test(text);

/** Members of an object as lines, objects within it as `outer inner`; what is empty, deep or long is left out or cut. */
export function flatten(value: unknown, name: string, depth = 0): Fact[] {
  if (value === null || value === undefined || value === '' || depth > 3) return [];
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object')) return value.length === 0 ? [] : [{ name: words(name), value: value.join(', ').slice(0, 500) }];
    return value.slice(0, 20).flatMap((one) => flatten(one, name, depth + 1));
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([key]) => key !== 'type')
      .slice(0, 40)
      .flatMap(([key, inner]) => flatten(inner, name === '' || isWrapper(name, value) ? key : `${name} ${key}`, depth + 1));
  }
  const text = String(value).slice(0, 500);
  return [{ name: name === 'IP address' ? name : words(name), value: text, ...(isWeb(text) ? { href: text } : {}) }];
}

// `{type:'ctmrinfo', info:{…}}`: the name of the wrapper says nothing to people.
const isWrapper = (name: string, _value: object) => ['info', 'personal', 'ctmrinfo', 'customerInfo', 'personalInfo', 'context', 'lead'].includes(name);

const ofSdes = (sdes: readonly Sde[]) => sdes.flatMap((sde) => flatten(sde, ''));

const hidden = new Set(['type', 'lang', 'visitorId', 'sessionId', 'interactionContextId', 'clientProperties']);

const capitals = (text: string) => (/^[A-Z_\d]{3,}$/u.test(text) ? words(text) : text);

/** What the consumer writes with: `Desktop, Windows 11, Chrome 141`. */
function device(properties: unknown): Fact[] {
  if (typeof properties !== 'object' || properties === null) return [];
  const of = properties as Record<string, unknown>;
  const parts = [
    [of.deviceManufacture, of.deviceModel],
    [of.deviceFamily],
    [of.os ?? of.osName, of.osVersion],
    [of.browser ?? of.integration, of.browserVersion ?? of.integrationVersion],
  ].map((part) => part.filter((word) => typeof word === 'string' && word !== '').map((word) => capitals(word as string)).join(' '));
  const text = [...new Set(parts.filter(Boolean))].join(', ');
  return [
    ...(text === '' ? [] : [{ name: 'Device', value: text }]),
    ...flatten(of.ipAddress, 'IP address'),
    ...flatten(of.timeZone, 'time zone'),
    ...flatten(of.appId, 'application'),
  ];
}

export function facts(profile: Profile | null, conversation: Conversation): Facts {
  const context = Object.entries(conversation.context);
  return {
    claims: ofSdes(profile?.claims ?? []),
    told: ofSdes(profile?.data ?? []),
    visit: [
      ...context.filter(([name]) => !hidden.has(name)).flatMap(([name, value]) => flatten(value, name)),
      ...device(conversation.context.clientProperties),
      ...('lang' in conversation.context ? [{ name: 'Language', value: String(conversation.context.lang) }] : []),
      ...flatten(conversation.campaign, 'campaign'),
      { name: 'Began', value: formatWhole(conversation.startedAt) },
    ],
    technical: [
      { name: 'Conversation', value: conversation.id },
      { name: 'Consumer', value: conversation.consumerId },
      ...['visitorId', 'sessionId', 'interactionContextId'].flatMap((name) => flatten(conversation.context[name], name)),
      { name: 'Channel', value: conversation.dialogs[0]?.channel ?? 'MESSAGING' },
    ],
  };
}
