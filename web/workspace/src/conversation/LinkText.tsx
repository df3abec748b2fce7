const address = /\bhttps?:\/\/[^\s<>"']+[^\s<>"'.,;:!?()[\]{}]/giu;

/** Text as it is, addresses of the web as links. */
export function LinkText({ text }: { readonly text: string }) {
  const parts = [];
  let from = 0;
  for (const found of text.matchAll(address)) {
    if (found.index > from) parts.push(text.slice(from, found.index));
    parts.push(
      <a href={found[0]} target="_blank" rel="noopener noreferrer">
        {found[0]}
      </a>,
    );
    from = found.index + found[0].length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
