import { signal, type ReadonlySignal } from '@preact/signals';

export interface BrandFacts {
  readonly brandName: string | null;
}

/** What everybody may know of the account: the availability that consumers are told. */
export class Brand {
  readonly #facts = signal<BrandFacts>({ brandName: null });

  constructor(account: string) {
    void fetch(`/api/account/${encodeURIComponent(account)}/availability`)
      .then(async (answer) => {
        if (!answer.ok) return;
        const body = (await answer.json()) as Record<string, unknown>;
        this.#facts.value = { brandName: typeof body.brandName === 'string' && body.brandName !== '' ? body.brandName : null };
      })
      .catch(() => undefined);
  }

  get facts(): ReadonlySignal<BrandFacts> {
    return this.#facts;
  }
}
