/** Address of the window below the server as its script names it now; null when it names none. The one that runs may be of an earlier build. */
export async function newestPanel(server: string): Promise<string | null> {
  const script = await fetch(`${server}/window.js`, { cache: 'no-cache' });
  return /\/assets\/window-[\w-]+\.js/.exec(await script.text())?.[0] ?? null;
}
