/**
 * Tokens and passwords, in memory alone. Whatever is shown, copied, recorded or saved has their names instead (`$LP_JWT`), as the lines of
 * the tutorial have.
 */
export class Secrets {
  private readonly names = new Map<string, string>();

  add(secret: string, name: string): void {
    if (secret.length >= 4) this.names.set(secret, name);
  }

  /** The text with names instead of secrets. */
  hide(text: string): string {
    let hidden = text;
    for (const [secret, name] of this.names) {
      hidden = hidden.replaceAll(secret, name);
      const escaped = JSON.stringify(secret).slice(1, -1);
      if (escaped !== secret) hidden = hidden.replaceAll(escaped, name);
    }
    return hidden;
  }
}
