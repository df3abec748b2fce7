import type { Frame, FrameKind } from './frame';

export interface Wanted {
  readonly words: string;
  readonly connection: string | null;
  readonly kinds: ReadonlySet<FrameKind>;
  readonly keepAlives: boolean;
}

/** Keeps the frames that are wanted; as long as nothing else is wanted, only those that are new are looked at. */
export class Filter {
  private wanted: Wanted | null = null;
  private first = 0;
  private seen = 0;
  private kept: Frame[] = [];

  apply(frames: readonly Frame[], wanted: Wanted): readonly Frame[] {
    const first = frames[0]?.number ?? 0;
    if (this.wanted !== wanted || this.first !== first || this.seen > frames.length) {
      this.kept = [];
      this.seen = 0;
    }
    const words = wanted.words.toLowerCase().split(/\s+/).filter(Boolean);
    const fresh = frames.slice(this.seen).filter(frame => isWanted(frame, wanted, words));
    this.wanted = wanted;
    this.first = first;
    this.seen = frames.length;
    if (fresh.length > 0) this.kept = [...this.kept, ...fresh];
    return this.kept;
  }
}

function isWanted(frame: Frame, wanted: Wanted, words: readonly string[]): boolean {
  if (wanted.connection !== null && frame.connection !== wanted.connection) return false;
  if (frame.isKeepAlive && !wanted.keepAlives) return false;
  if (!wanted.kinds.has(frame.kind)) return false;
  if (words.length === 0) return true;
  const text = `${frame.connection} ${frame.type} ${frame.text}`.toLowerCase();
  return words.every(word => text.includes(word));
}
