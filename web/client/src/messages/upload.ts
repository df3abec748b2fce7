import type { Channel } from '../connection/channel';
import { RequestError } from '../connection/requestError';
import { object, type Wire } from '../wire/read';
import type { Upload } from './outbox';

const PREVIEW_PIXELS = 240;
const PREVIEW_CHARACTERS = 30_000;

/** A file on its way: an address is asked for, the bytes are sent there, then it can be told of. Can be run again from the beginning. */
export function uploadOf(file: File, caption: string, server: string): Upload {
  const fileType = typeOf(file);
  return {
    file: { name: caption, fileType },
    async run(channel: Channel, progressed: (share: number) => void): Promise<Wire> {
      const address = object(await channel.request('ms.GenerateURLForUploadFile', { fileSize: file.size, fileType }));
      const query = new URLSearchParams(object(address.queryParams) as Record<string, string>);
      const preview = await previewOf(file).catch(() => null);
      await put(`${server}${String(address.relativePath)}?${query}`, file, progressed);
      return {
        type: 'ContentEvent',
        contentType: 'hosted/file',
        message: { caption, relativePath: address.relativePath, fileType, ...(preview ? { preview } : {}) },
      };
    },
  };
}

// The server knows kinds by the usual ending of their names.
function typeOf(file: File): string {
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(file.name)?.[1];
  return (ending ?? file.type.split('/')[1] ?? '').toUpperCase();
}

function put(url: string, file: File, progressed: (share: number) => void): Promise<void> {
  // Only this tells how far it is.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.upload.onprogress = event => progressed(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      const { status } = request;
      if (status < 300) resolve();
      // An address that was too old or was used half: with a new one it may go well.
      else reject(new RequestError(status === 401 || status === 409 ? 503 : status, status === 415 ? 'The file is not what its name says' : 'The file was not taken'));
    };
    request.onerror = request.ontimeout = () => reject(new RequestError(0, 'The file could not be sent'));
    request.timeout = 300_000;
    request.send(file);
  });
}

/** A small picture of a picture, where the browser can make one. */
async function previewOf(file: File): Promise<string | null> {
  if (!file.type.startsWith('image/') || typeof createImageBitmap !== 'function') return null;
  const image = await createImageBitmap(file);
  for (let pixels = PREVIEW_PIXELS; pixels >= 60; pixels /= 2) {
    const scale = Math.min(1, pixels / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const address = canvas.toDataURL('image/jpeg', 0.7);
    if (address.startsWith('data:image/') && address.length < PREVIEW_CHARACTERS) return address;
  }
  return null;
}
