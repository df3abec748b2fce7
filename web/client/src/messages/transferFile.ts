import type { Channel } from '../connection/channel';
import type { Wire } from '../wire/read';

// Imports nothing that runs, so that bundlers put it in a file of its own and nothing else into another.

const PREVIEW_PIXELS = 200;
const PREVIEW_CHARACTERS = 30_000;

/** An address is asked for, the bytes are sent there; gives the event that tells of them. Can be done again from the beginning. */
export async function transferFile(
  file: File, shown: { readonly name: string; readonly fileType: string; preview: string | null }, server: string, channel: Channel, progressed: (share: number) => void,
): Promise<Wire> {
  shown.preview ??= await previewOf(file).catch(() => null);
  progressed(0);
  const address = (await channel.request('ms.GenerateURLForUploadFile', { fileSize: file.size, fileType: shown.fileType })) as { relativePath: string; queryParams: Record<string, string> };
  const query = new URLSearchParams(address.queryParams);
  await put(`${server}${address.relativePath}?${query}`, file, progressed);
  return {
    type: 'ContentEvent',
    contentType: 'hosted/file',
    message: { caption: shown.name, relativePath: address.relativePath, fileType: shown.fileType, ...(shown.preview ? { preview: shown.preview } : {}) },
  };
}

function put(url: string, file: File, progressed: (share: number) => void): Promise<void> {
  // Only this tells how far it is; where there is none, there is no page to show it.
  if (typeof XMLHttpRequest !== 'function') return fetch(url, { method: 'PUT', body: file }).then(response => judge(response.status), () => judge(0));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.upload.onprogress = event => progressed(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = request.onerror = request.ontimeout = () => {
      try {
        resolve(judge(request.status));
      } catch (error) {
        reject(error);
      }
    };
    request.timeout = 300_000;
    request.send(file);
  });
}

function judge(status: number): void {
  if (status >= 200 && status < 300) return;
  // With an address that is not too old or half used it may go well.
  const code = status === 401 || status === 409 ? 503 : status;
  throw Object.assign(new Error(status === 415 ? 'The file is not what its name says' : 'The file was not taken'), { code });
}

/** A small picture of a picture, where the browser can make one. */
async function previewOf(file: File): Promise<string | null> {
  if (!file.type.startsWith('image/') || typeof createImageBitmap !== 'function') return null;
  const image = await createImageBitmap(file);
  const scale = Math.min(1, PREVIEW_PIXELS / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const address = canvas.toDataURL('image/jpeg', 0.6);
  return address.startsWith('data:image/') && address.length < PREVIEW_CHARACTERS ? address : null;
}
