import { tokens } from '../../json/tokens';
import { JsonSyntaxError, parseJson } from '../../json/parse';

/** Text in colours where it is JSON, as it is where it is not. */
export function JsonText({ text }: { readonly text: string }) {
  return (
    <>
      {pieces(text).map(({ text: piece, kind }, index) => (
        <span key={index} class={`b-json-${kind}`}>
          {piece}
        </span>
      ))}
    </>
  );
}

function pieces(text: string) {
  try {
    return tokens(text, parseJson(text));
  } catch (error) {
    if (error instanceof JsonSyntaxError) return [{ text, kind: 'plain' as const }];
    throw error;
  }
}
