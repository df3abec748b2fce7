import { matchPath, navigate, path } from '@parley/ui';

export const views = ['overview', 'conversations', 'figures'] as const;
export type ViewName = (typeof views)[number];

/** What of the manager view is on the screen, by the path. */
export interface Place {
  readonly view: ViewName;
  readonly conversationId: string | null;
}

export function placeNow(): Place {
  const found = matchPath('/workspace/manager/:view/:id', path.value) ?? matchPath('/workspace/manager/:view', path.value);
  const view = views.find((one) => one === found?.view) ?? 'overview';
  return { view, conversationId: found?.id ?? null };
}

export const pathTo = (view: ViewName, conversationId: string | null = null): string =>
  `/workspace/manager/${view}${conversationId === null ? '' : `/${encodeURIComponent(conversationId)}`}`;

/** The path that opens a conversation beside what is on the screen. */
export const pathBeside = (conversationId: string): string => pathTo(placeNow().view, conversationId);

export const go = (view: ViewName, conversationId: string | null = null): void => navigate(pathTo(view, conversationId));
