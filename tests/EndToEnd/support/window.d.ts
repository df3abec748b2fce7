// What /window.js puts on a brand's page.
interface Window {
  Parley?: { open(options?: { text?: string }): void; close(): void; remove(): void; signIn(token: () => Promise<string | null>): void; signOut(): void };
}
