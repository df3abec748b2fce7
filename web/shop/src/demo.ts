interface Demo {
  readonly account: string;
  readonly agents: readonly { readonly login: string; readonly password: string; readonly role: string }[];
}

/** Shows what a visitor needs to play both sides, where the server tells it: in demo mode on this machine alone. */
export async function showDemo(panel: HTMLDetailsElement): Promise<void> {
  const answer = await fetch('/demo.json').catch(() => null);
  if (!answer?.ok) return;
  const { agents } = (await answer.json()) as Demo;
  const list = panel.querySelector('#logins')!;
  for (const agent of agents) {
    const row = document.createElement('div');
    const term = document.createElement('dt');
    term.textContent = agent.role === 'agent' ? 'Agent' : 'Manager';
    row.append(term, copyable(panel, 'name', agent.login), copyable(panel, 'password', agent.password));
    list.append(row);
  }
  panel.open = matchMedia('(min-width: 1000px)').matches;
  panel.hidden = false;
}

function copyable(panel: HTMLElement, what: string, value: string): HTMLElement {
  const description = document.createElement('dd');
  const button = document.createElement('button');
  button.type = 'button';
  button.ariaLabel = `Copy ${what} ${value}`;
  const code = document.createElement('code');
  code.textContent = value;
  button.append(code);
  button.addEventListener('click', () => void copy(panel, button, what, value));
  description.append(button);
  return description;
}

async function copy(panel: HTMLElement, button: HTMLElement, what: string, value: string): Promise<void> {
  let said = `Copied the ${what}`;
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    // Not allowed here: it can be copied by hand.
    getSelection()?.selectAllChildren(button);
    said = `Press Ctrl+C to copy the ${what}`;
  }
  panel.querySelector('#copied')!.textContent = said;
}
