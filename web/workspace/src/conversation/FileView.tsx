import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon } from '@parley/ui';
import type { Content, Dialog } from '@parley/client';
import { attempt } from '../app/attempt';

interface FileViewProps {
  readonly file: Extract<Content, { kind: 'file' }>;
  readonly dialog: Pick<Dialog, 'fileAddress'>;
  readonly progress: number | null;
}

const images = /^(jpe?g|png|gif|webp|image\/(jpe?g|png|gif|webp))$/iu;

/** An image shows itself, anything else its name; both open in a tab of their own. Addresses are asked for when they are needed. */
export function FileView({ file, dialog, progress }: FileViewProps) {
  const address = useSignal<string | null>(null);
  const isImage = images.test(file.fileType);
  const preview = file.preview?.startsWith('data:image/') ? file.preview : null;
  const name = file.caption || file.relativePath.split('/').pop() || 'File';
  useEffect(() => {
    if (!isImage || preview !== null || file.relativePath === '') return;
    let there = true;
    void dialog.fileAddress(file.relativePath).then(
      (found) => there && (address.value = found),
      () => undefined,
    );
    return () => void (there = false);
  }, [file.relativePath]);
  const open = () =>
    void attempt('Opening the file', async () => {
      const link = document.createElement('a');
      link.href = await dialog.fileAddress(file.relativePath);
      link.target = '_blank';
      link.rel = 'noopener noreferrer';
      link.click();
    });
  const source = preview ?? address.value;
  return (
    <button type="button" class={`file ${isImage && source ? 'file-image' : ''}`} disabled={file.relativePath === ''} aria-label={`Open ${name}`} onClick={open}>
      {isImage && source !== null ? (
        <img src={source} alt={name} onError={() => (address.value = null)} />
      ) : (
        <>
          <Icon name={isImage ? 'image' : 'file'} size={20} />
          <span class="file-words">
            <span class="file-name">{name}</span>
            <span class="file-type">{file.fileType}</span>
          </span>
          {progress === null && <Icon name="download" />}
        </>
      )}
      {progress !== null && (
        <progress class="file-progress" max={1} value={progress} aria-label={`Uploading ${name}`}>
          {Math.round(progress * 100)} %
        </progress>
      )}
    </button>
  );
}
