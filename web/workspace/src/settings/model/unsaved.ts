import type { Field } from './field';

const fields = new Set<Field<any>>();

/** Fields on the screen that hold something the server does not have. */
const unsaved = (): Field<any>[] => [...fields].filter((field) => field.unsaved.peek());

/** Keeps an eye on a field while it is on the screen; leaving the screen saves what was typed. */
export function watchField(field: Field<any>): () => void {
  field.shown = true;
  fields.add(field);
  return () => {
    fields.delete(field);
    field.shown = false;
    if (field.status.peek() === 'typed') void field.commit();
  };
}

/** Begins to save all that was typed. Gives those that cannot be saved as they are. */
export function saveAll(): Field<any>[] {
  for (const field of unsaved()) if (field.status.peek() === 'typed') void field.commit();
  return unsaved().filter((field) => field.status.peek() === 'failed');
}

/** Whether closing the page now would lose something. */
export const wouldLose = (): boolean => unsaved().length > 0;

export function discardAll(): void {
  for (const field of unsaved()) field.revert();
}
