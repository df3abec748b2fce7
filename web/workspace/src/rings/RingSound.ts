/** A soft chime of two notes, made by the browser itself. Silent until the first gesture on the page, as browsers want it. */
class RingSound {
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Call once: the first gesture unlocks it. */
  unlockOnGesture(): void {
    const unlock = () => {
      this.#context ??= typeof AudioContext === 'undefined' ? null : new AudioContext();
      void this.#context?.resume();
    };
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, unlock, { once: true, capture: true });
  }

  start(): void {
    if (this.#timer !== undefined) return;
    this.once();
    this.#timer = setInterval(() => this.once(), 2600);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  once(): void {
    const context = this.#context;
    if (context === null || context.state !== 'running') return;
    for (const [frequency, at] of [[659.3, 0], [880, 0.16]] as const) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      const begin = context.currentTime + at;
      tone.type = 'sine';
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0, begin);
      volume.gain.linearRampToValueAtTime(0.14, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.55);
      tone.connect(volume).connect(context.destination);
      tone.start(begin);
      tone.stop(begin + 0.6);
    }
  }
}

export const ringSound = new RingSound();
