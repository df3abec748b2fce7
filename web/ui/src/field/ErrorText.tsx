import { Icon } from '../icon/Icon';

/** What is wrong with a field, told as soon as it is; nothing when nothing is. */
export function ErrorText({ text, id }: { readonly text: string | null | undefined; readonly id?: string | undefined }) {
  return text ? (
    <p id={id} class="ui-error" role="alert">
      <Icon name="error" /> {text}
    </p>
  ) : null;
}
