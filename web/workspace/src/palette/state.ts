import { signal } from '@preact/signals';

export const paletteOpen = signal(false);

export const showPalette = () => (paletteOpen.value = true);
