import type { Side, Version } from '../connection/address';
import type { Frame } from '../frames/frame';
import { read } from '../frames/FrameLog';

/** What was recorded: the frames of some connections, in order. */
export interface Recording {
  readonly frames: readonly Frame[];
  readonly connections: readonly RecordedConnection[];
}

export interface RecordedConnection {
  readonly id: string;
  readonly side: Side;
  readonly version: Version;
}

/** The recording for programs: frames as JSON where they are. */
export function recordingJson({ frames, connections }: Recording, savedAt: Date): string {
  const rows = frames.map(frame => ({
    connection: frame.connection, direction: frame.isSent ? 'sent' : 'received', at: new Date(frame.at).toISOString(), kind: frame.kind,
    ...(frame.latency !== null && { latencyMs: Math.round(frame.latency * 10) / 10 }),
    frame: read(frame.text) ?? frame.text,
  }));
  return `${JSON.stringify({ savedAt: savedAt.toISOString(), connections, frames: rows }, null, 2)}\n`;
}

/** The connections that sent something, each with the variable that is to hold its token. */
export function speakers({ frames, connections }: Recording): (RecordedConnection & { readonly token: string; readonly name: string })[] {
  const count = { consumer: 0, agent: 0 };
  return connections.filter(({ id }) => frames.some(frame => frame.connection === id && isPlayed(frame))).map(connection => {
    const number = ++count[connection.side];
    const token = (connection.side === 'agent' ? 'LP_BEARER' : 'LP_JWT') + (number === 1 ? '' : `_${number}`);
    return { ...connection, token, name: connection.id.toLowerCase().replace(/[^a-z0-9]+/g, '_') };
  });
}

/** Whether a frame is sent again when a recording is played: the token is in the upgrade there, and wscat keeps alive by itself. */
export function isPlayed(frame: Frame): boolean {
  return frame.isSent && !frame.isKeepAlive && frame.type !== 'InitConnection';
}
