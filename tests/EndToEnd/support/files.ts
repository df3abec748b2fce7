import type { Locator } from '@playwright/test';
import { crc32, deflateSync } from 'node:zlib';

export interface TestFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** A picture of one colour. */
export function png(name: string, width = 64, height = 48, colour: readonly [number, number, number] = [30, 120, 90]): TestFile {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: width }, () => Buffer.from(colour))]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return { name, type: 'image/png', bytes: Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]) };
}

/** Drops or pastes files as a person does: an event with a DataTransfer. */
export async function give(target: Locator, how: 'drop' | 'paste', ...files: readonly TestFile[]): Promise<void> {
  const given = files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }));
  await target.evaluate((element, { how, given }) => {
    const transfer = new DataTransfer();
    for (const { name, type, base64 } of given) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))], name, { type }));
    }
    const general = { bubbles: true, cancelable: true, composed: true };
    if (how === 'paste') element.dispatchEvent(new ClipboardEvent('paste', { ...general, clipboardData: transfer }));
    else for (const type of ['dragenter', 'dragover', 'drop']) element.dispatchEvent(new DragEvent(type, { ...general, dataTransfer: transfer }));
  }, { how, given });
}
