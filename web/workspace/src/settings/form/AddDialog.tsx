import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Button, Dialog, ErrorText, Select, TextArea, TextInput } from '@parley/ui';
import { explainRefusal, memberOf } from '../model/refusal';

export interface AddField {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind?: 'line' | 'long' | 'choice';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly initial?: string;
  readonly required?: boolean;
}

interface AddDialogProps {
  readonly title: string;
  readonly button: string;
  readonly fields: readonly AddField[];
  readonly children?: ComponentChildren;
  /** Rejects when the server does not want it. */
  onAdd(values: Readonly<Record<string, string>>): Promise<void>;
  onClose(): void;
}

/** What is needed for something new. What the server refuses is said at its field. */
export function AddDialog({ title, button, fields, children, onAdd, onClose }: AddDialogProps) {
  const values = useSignal<Record<string, string>>(Object.fromEntries(fields.map((field) => [field.key, field.initial ?? ''])));
  const errors = useSignal<Record<string, string>>({});
  const busy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const focusFirst = () => requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
  const submit = async () => {
    if (busy.value) return;
    errors.value = Object.fromEntries(fields.filter((field) => field.required && values.value[field.key]!.trim() === '').map((field) => [field.key, `${field.label} is missing.`]));
    if (Object.keys(errors.value).length > 0) return focusFirst();
    busy.value = true;
    try {
      await onAdd(values.value);
    } catch (error) {
      const names = Object.fromEntries(fields.map((field) => [field.key, field.label]));
      const member = memberOf(error, fields.map((field) => field.key)) ?? '';
      errors.value = { [member]: explainRefusal(error, names) };
      focusFirst();
    }
    busy.value = false;
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy.value} onClick={() => void submit()}>
            {button}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        class="set-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ErrorText text={errors.value['']} />
        {fields.map((field, index) => {
          const common = {
            label: field.label,
            hint: field.hint,
            error: errors.value[field.key],
            value: values.value[field.key]!,
            onValue: (value: string) => {
              values.value = { ...values.value, [field.key]: value };
              if (errors.value[field.key]) errors.value = { ...errors.value, [field.key]: '' };
            },
            ...(index === 0 ? { 'data-autofocus': true } : {}),
          };
          return field.kind === 'choice' ? (
            <Select key={field.key} {...common} options={field.options ?? []} />
          ) : field.kind === 'long' ? (
            <TextArea key={field.key} {...common} />
          ) : (
            <TextInput key={field.key} {...common} autocomplete="off" spellcheck={false} />
          );
        })}
        {children}
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
