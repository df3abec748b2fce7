import type { Channel } from '../connection/channel';
import { RequestError } from '../connection/requestError';
import { object, type Wire } from '../wire/read';
import type { Upload } from './outbox';

const PREVIEW_PIXELS = 200;
const PREVIEW_CHARACTERS = 30_000;

/** A file on its way: an address is asked for, the bytes are sent there, then it can be told of. Can be run again from the beginning. */
export function uploadOf(file: File, caption: string, server: string): Upload {
  const fileType = typeOf(file);
  const shown: { name: string; fileType: string; preview: string | null } = { name: caption, fileType, preview: null };
  const small = previewOf(file).then(preview => (shown.preview = preview)).catch(() => null);
  return {
    file: shown,
    async run(channel: Channel, progressed: (share: number) => void): Promise<Wire> {
      const address = object(await channel.request('ms.GenerateURLForUploadFile', { fileSize: file.size, fileType }));
      const query = new URLSearchParams(object(address.queryParams) as Record<string, string>);
      progressed(0);
      const preview = await small;
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
  throw new RequestError(code, status === 415 ? 'The file is not what its name says' : 'The file was not taken');
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
