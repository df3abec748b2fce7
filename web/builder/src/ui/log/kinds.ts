import type { FrameKind } from '../../frames/frame';

/** How kinds of frames are called, and marked besides by colour. */
export const kinds: Readonly<Record<FrameKind, { readonly label: string; readonly plural: string }>> = {
  request: { label: 'request', plural: 'Requests' },
  response: { label: 'answer', plural: 'Answers' },
  error: { label: 'error', plural: 'Errors' },
  notification: { label: 'notification', plural: 'Notifications' },
  malformed: { label: 'malformed', plural: 'Malformed' },
  note: { label: 'connection', plural: 'Connection' },
};

export const allKinds = Object.keys(kinds) as FrameKind[];
