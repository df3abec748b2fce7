import type { Content, Entry } from '@parley/client';
import { useEffect, useState } from 'preact/hooks';
import { fill } from '../i18n/texts';
import type { Section } from '../model/rows';
import { useSurroundings } from './context';
import { isImage, nameOfFile } from './describe';
import { Icon } from './Icon';

interface FileViewProps {
  readonly entry: Entry;
  readonly content: Content & { readonly kind: 'file' };
  readonly section: Section;
}

export function FileView({ entry, content, section }: FileViewProps) {
  const { texts } = useSurroundings();
  const name = nameOfFile(texts, content.fileType);
  const label = content.caption || name;
  const stored = entry.sequence !== null;
  const source = useImage(content, section, stored);
  const [failed, setFailed] = useState(false);
  const save = async () => {
    try {
      const link = document.createElement('a');
      link.href = await section.dialog.fileAddress(content.relativePath);
      link.download = '';
      link.rel = 'noopener noreferrer';
      link.target = '_blank';
      link.click();
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  const picture = isImage(content.fileType);
  return (
    <div class={picture ? 'bubble picture' : 'bubble document'}>
      <button type="button" class="file" disabled={!stored} onClick={() => void save()} aria-label={fill(texts.save, { name: label })}>
        {picture && source ? <img src={source} alt={content.caption || texts.image} /> : <Icon name="file" size={24} />}
        {!picture && <span>{name}</span>}
      </button>
      {entry.progress !== null && entry.progress < 1 && entry.status === 'sending' && (
        <progress value={entry.progress} max={1} aria-label={texts.sending} />
      )}
      {content.caption && <p dir="auto">{content.caption}</p>}
      {failed && <p role="alert">{texts.unreachable}</p>}
    </div>
  );
}

/** The preview at once, the picture itself when its address is there. */
function useImage(content: FileViewProps['content'], section: Section, stored: boolean): string | null {
  const [address, setAddress] = useState<string | null>(null);
  const wanted = stored && isImage(content.fileType);
  useEffect(() => {
    if (!wanted) return;
    let here = true;
    section.dialog.fileAddress(content.relativePath).then(found => here && setAddress(found), () => {});
    return () => void (here = false);
  }, [content.relativePath, wanted]);
  return address ?? (content.preview?.startsWith('data:image/') ? content.preview : null);
}
