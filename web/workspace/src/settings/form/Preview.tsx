import type { Piece } from '../model/placeholders';

/** A text as the consumer will read it; what nobody fills in is marked. */
export function Preview({ pieces, label }: { pieces: readonly Piece[]; label: string }) {
  const unknown = pieces.filter((piece) => piece.unknown).map((piece) => piece.text);
  return (
    <figure class="set-preview" aria-label={label}>
      <p class="set-preview-bubble">
        {pieces.map((piece, index) =>
          piece.unknown ? (
            <mark key={index}>{piece.text}</mark>
          ) : piece.filled !== undefined ? (
            <span key={index} class="set-preview-filled">
              {piece.text}
            </span>
          ) : (
            piece.text
          ),
        )}
      </p>
      {unknown.length > 0 && <figcaption class="set-quiet">{[...new Set(unknown)].join(', ')} is not known here and stays as it is.</figcaption>}
    </figure>
  );
}
