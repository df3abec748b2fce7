/** A record whose members a form shows and saves one by one. */
export interface Source {
  /** Changes when another record is shown. */
  readonly of: unknown;
  /** As the server has it; within a component it redraws when that changes. */
  read(key: string): unknown;
  /** `null` gives the default back. */
  save(key: string, value: unknown): Promise<void>;
  readonly locked: boolean;
  readonly names: Readonly<Record<string, string>>;
  /** What holds where the member is null, in words: `As the account: 1 h`. */
  inherited?(key: string): string | undefined;
}
