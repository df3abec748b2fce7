import { computed, signal } from '@preact/signals';
import { details } from './preferences';

// Beside the conversation there is room for it, or it lies over the conversation: then it is open only because somebody just asked.
const beside = typeof matchMedia === 'function' ? matchMedia('(min-width: 1180px)') : null;
const isBeside = signal(beside?.matches ?? true);
const over = signal(false);

beside?.addEventListener('change', (event) => {
  isBeside.value = event.matches;
  over.value = false;
});

export const detailsShown = computed(() => (isBeside.value ? details.value.value === 'shown' : over.value));

export function toggleDetails(shown = !detailsShown.peek()): void {
  if (isBeside.peek()) details.set(shown ? 'shown' : 'hidden');
  else over.value = shown;
}

/** Another conversation is shown: what lay over the last one is gone. */
export function closeOverlay(): void {
  over.value = false;
}
