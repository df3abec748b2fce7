/** The build that runs here: the address of its script. */
export const ownBuild = (): string | null => document.querySelector('script[type=module]')?.getAttribute('src') ?? null;

/** The build that the server has now, which need not be the one that runs here. Rejects when the server cannot be reached. */
export async function servedBuild(): Promise<string | null> {
  const answer = await fetch('/workspace', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`The page is answered with ${answer.status}`);
  // Read as a text: the policy of the page lets nothing be made of it.
  return /<script type="module"[^>]* src="([^"]+)"/.exec(await answer.text())?.[1] ?? null;
}

/** Once for each build and tab, so that nobody is led round and round; never where that cannot be remembered. */
export function loadsFirstTime(build: string): boolean {
  const key = `parley.workspace.loaded.${build}`;
  try {
    if (sessionStorage.getItem(key) !== null) return false;
    sessionStorage.setItem(key, '');
    return true;
  } catch {
    return false;
  }
}
