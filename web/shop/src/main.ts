import { showDemo } from './demo';

const basket: string[] = [];

function add(name: string): void {
  basket.push(name);
  const count = basket.length;
  const text = count >= 6 ? `${count} bags. Sleep well!` : `${count} ${count === 1 ? 'bag' : 'bags'} in the basket`;
  document.getElementById('basket')!.textContent = text;
}

document.addEventListener('click', event => {
  const button = (event.target as Element).closest<HTMLElement>('[data-add], [data-ask]');
  if (button?.dataset.add) add(button.dataset.add);
  else if (button?.dataset.ask !== undefined) window.Parley?.open({ text: button.dataset.ask });
});

void showDemo(document.getElementById('demo') as HTMLDetailsElement);
