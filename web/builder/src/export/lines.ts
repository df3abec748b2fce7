import { wscatCommand } from '../connection/address';
import { isPlayed, type Recording, speakers } from './recording';

/** The recording as lines to paste: for each connection the line that opens it, then its frames. */
export function recordingLines(recording: Recording): string {
  return speakers(recording).map(({ id, side, version, token }) => {
    const open = wscatCommand(side, version).replaceAll(/\$LP_(JWT|BEARER)/g, `$${token}`);
    const frames = recording.frames.filter(frame => frame.connection === id && isPlayed(frame)).map(frame => frame.text.replaceAll('\n', ' '));
    return `# ${id}\n${open}\n\n${frames.join('\n')}\n`;
  }).join('\n\n');
}
