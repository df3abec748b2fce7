import { keyCaps } from './keys';

/** Key caps, as in tooltips, menus and the sheet. */
export function KeyHints({ keys }: { readonly keys: string }) {
  return (
    <span class="ui-keys">
      {keyCaps(keys).map((combination, index) => (
        <>
          {index > 0 && <span class="ui-keys-then">then</span>}
          {combination.map((cap) => (
            <kbd class="ui-key">{cap}</kbd>
          ))}
        </>
      ))}
    </span>
  );
}
