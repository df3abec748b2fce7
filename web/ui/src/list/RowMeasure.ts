/** Observes the heights of the rows that are drawn; one observer for the whole list. */
export class RowMeasure {
  readonly #refs = new Map<string, (element: HTMLElement | null) => void>();
  readonly #elements = new Map<string, HTMLElement>();
  readonly #observer: ResizeObserver;

  constructor(tell: (rows: readonly (readonly [string, number])[]) => void) {
    this.#observer = new ResizeObserver((entries) =>
      tell(
        entries
          .map((entry) => [(entry.target as HTMLElement).dataset.row!, entry.borderBoxSize[0]?.blockSize ?? (entry.target as HTMLElement).offsetHeight] as const)
          // A list that is not shown at the moment has rows without a height; that says nothing of them.
          .filter(([, height]) => height > 0),
      ),
    );
  }

  /** The same function for the same key while its row is drawn, so that a redraw does not observe anew. */
  row(key: string): (element: HTMLElement | null) => void {
    let ref = this.#refs.get(key);
    if (ref === undefined) {
      ref = (element) => {
        const before = this.#elements.get(key);
        if (before !== undefined) this.#observer.unobserve(before);
        if (element === null) {
          this.#elements.delete(key);
          this.#refs.delete(key);
        } else {
          this.#elements.set(key, element);
          this.#observer.observe(element);
        }
      };
      this.#refs.set(key, ref);
    }
    return ref;
  }

  stop(): void {
    this.#observer.disconnect();
  }
}
