import { useEffect, useMemo } from 'preact/hooks';
import { Icon, IconButton } from '@parley/ui';

interface AttachedFilesProps {
  readonly files: readonly File[];
  onRemove(file: File): void;
}

export function AttachedFiles({ files, onRemove }: AttachedFilesProps) {
  if (files.length === 0) return null;
  return (
    <ul class="attached" aria-label="Attached files">
      {files.map((file, index) => (
        <li key={`${index} ${file.name}`} class="attached-file">
          <Preview file={file} />
          <span class="attached-name">{file.name}</span>
          <span class="attached-size">{formatSize(file.size)}</span>
          <IconButton size="small" icon="close" label={`Remove ${file.name}`} onClick={() => onRemove(file)} />
        </li>
      ))}
    </ul>
  );
}

function Preview({ file }: { readonly file: File }) {
  const address = useMemo(() => (/^image\/(png|jpeg|gif|webp)$/u.test(file.type) ? URL.createObjectURL(file) : null), [file]);
  useEffect(
    () => () => {
      if (address !== null) URL.revokeObjectURL(address);
    },
    [address],
  );
  return address === null ? <Icon name="file" /> : <img src={address} alt="" width={32} height={32} />;
}

export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
