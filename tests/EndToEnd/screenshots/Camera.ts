import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Browser, Page } from '@playwright/test';

const folder = process.env.PARLEY_IMAGES ?? join(import.meta.dirname, '../../../docs/images');

/** Takes the pictures of one device in one colour scheme. */
export class Camera {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
  #developer: Page | null = null;

  constructor(viewport: { readonly width: number; readonly height: number }, colorScheme: 'light' | 'dark') {
    this.viewport = viewport;
    this.colorScheme = colorScheme;
  }

  get isPhone(): boolean {
    return this.viewport.width < 760;
  }

  /** How contexts are made that show this. */
  get look() {
    return { viewport: this.viewport, colorScheme: this.colorScheme, reducedMotion: 'reduce', isMobile: false } as const;
  }

  async take(page: Page, name: string): Promise<void> {
    // No picture of a cursor that happens to blink, and none before its fonts.
    await page.evaluate(() => document.fonts.ready);
    const png = await page.screenshot({ caret: 'hide', animations: 'disabled' });
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${name}-${this.viewport.width}-${this.colorScheme}`);
    if (process.env.PARLEY_IMAGES_PNG) await writeFile(join(process.env.PARLEY_IMAGES_PNG, `${basename(file)}.png`), png);
    await writeFile(`${file}.webp`, await this.#develop(page.context().browser()!, png));
  }

  async #develop(browser: Browser, png: Buffer): Promise<Buffer> {
    this.#developer ??= await browser.newPage();
    const webp = await this.#developer.evaluate(async base64 => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d')!.drawImage(picture, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: 0.88 })).arrayBuffer());
      return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
    }, png.toString('base64'));
    return Buffer.from(webp, 'base64');
  }
}
