import type { Channel } from '../connection/channel';
import { RequestError } from '../connection/requestError';
import type { Wire } from '../wire/read';
import type { Upload } from './outbox';
import { transfer } from './transfer';

/** A file on its way. */
export function uploadOf(file: File, caption: string, server: string): Upload {
  const fileType = (/\.(\w{1,8})$/.exec(file.name)?.[1] ?? file.type.split('/')[1] ?? '').toUpperCase();
  const shown = { name: caption, fileType, preview: null as string | null };
  return {
    file: shown,
    async run(channel: Channel, progressed: (share: number) => void): Promise<Wire> {
      const { transferFile } = await transfer().catch(() => {
        throw new RequestError(410, 'What sends files could not be loaded. Try again, or load this page again.');
      });
      try {
        return await transferFile(file, shown, server, channel, progressed);
      } catch (error) {
        throw new RequestError((error as { code?: number }).code ?? 0, (error as Error).message);
      }
    },
  };
}
