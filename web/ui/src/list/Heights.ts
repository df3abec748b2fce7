/** Where the rows of a long list are: measured heights by key, an estimate for those never seen. */
export class Heights {
  readonly #known = new Map<string, number>();
  readonly #estimate: (key: string) => number;
  #keys: readonly string[] = [];
  #index = new Map<string, number>();
  #offsets: Float64Array = new Float64Array(1);
  #stale = false;

  constructor(estimate: (key: string) => number) {
    this.#estimate = estimate;
  }

  setKeys(keys: readonly string[]): void {
    if (keys.length === this.#keys.length && keys.every((key, index) => key === this.#keys[index])) return;
    this.#keys = keys;
    this.#index = new Map(keys.map((key, index) => [key, index]));
    if (this.#known.size > 2 * keys.length + 200) for (const key of this.#known.keys()) if (!this.#index.has(key)) this.#known.delete(key);
    this.#stale = true;
  }

  /** Whether that changes anything. */
  measured(key: string, height: number): boolean {
    if (this.#known.get(key) === height) return false;
    this.#known.set(key, height);
    this.#stale = true;
    return true;
  }

  get total(): number {
    return this.#fresh()[this.#keys.length]!;
  }

  /** -1 when it is not there. */
  indexOf(key: string): number {
    return this.#index.get(key) ?? -1;
  }

  offset(index: number): number {
    return this.#fresh()[Math.max(0, Math.min(index, this.#keys.length))]!;
  }

  /** Index of the row at this offset, the nearest where there is none. */
  indexAt(offset: number): number {
    const offsets = this.#fresh();
    let low = 0;
    let high = Math.max(0, this.#keys.length - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (offsets[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** From the first to behind the last row that a window of `height` at `top` shows, `extra` pixels more at both ends. */
  range(top: number, height: number, extra: number): { readonly from: number; readonly to: number } {
    if (this.#keys.length === 0) return { from: 0, to: 0 };
    return { from: this.indexAt(Math.max(0, top - extra)), to: this.indexAt(top + height + extra) + 1 };
  }

  #fresh(): Float64Array {
    if (!this.#stale) return this.#offsets;
    const offsets = this.#offsets.length === this.#keys.length + 1 ? this.#offsets : new Float64Array(this.#keys.length + 1);
    let sum = 0;
    for (let index = 0; index < this.#keys.length; index++) {
      offsets[index] = sum;
      const key = this.#keys[index]!;
      sum += this.#known.get(key) ?? this.#estimate(key);
    }
    offsets[this.#keys.length] = sum;
    this.#offsets = offsets;
    this.#stale = false;
    return offsets;
  }
}
