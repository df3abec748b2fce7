import { batch, computed, signal } from '@preact/signals';
import type { Form, Message } from '../catalog/message';
import { remove, set } from '../json/edit';
import { pathText } from '../json/locate';
import type { JsonNode, JsonValue, Path } from '../json/node';
import { JsonSyntaxError, parseJson, valueOf } from '../json/parse';
import { type Problem, validate } from '../schema/validate';
import { type Layout, write } from './layout';

export type Parsed = { readonly node: JsonNode; readonly value: JsonValue; readonly error: null } | { readonly node: null; readonly error: JsonSyntaxError };

/**
 * The frame that is being built. Its text is the truth: the form shows what the text says and writes into it. While the text is not JSON
 * the form keeps showing what it said last, and takes no changes.
 */
export class Draft {
  readonly message = signal<Message | null>(null);
  readonly form = signal<Form | null>(null);
  readonly text = signal('');
  readonly layout = signal<Layout>('lines');

  readonly parsed = computed<Parsed>(() => {
    try {
      const node = parseJson(this.text.value);
      return { node, value: valueOf(node), error: null };
    } catch (error) {
      if (error instanceof JsonSyntaxError) return { node: null, error };
      throw error;
    }
  });

  /** The value the form shows: what the text said when it was last JSON. */
  readonly value = signal<JsonValue>({});

  /** What its schema does not allow. */
  readonly problems = computed<readonly Problem[]>(() => {
    const form = this.form.value;
    const parsed = this.parsed.value;
    return form && !parsed.error ? validate(form.schema, parsed.value) : [];
  });

  /** Problems by the path of the member they are at. */
  readonly problemsByPath = computed(() => {
    const byPath = new Map<string, Problem[]>();
    for (const problem of this.problems.value) {
      const key = pathText(problem.path);
      byPath.set(key, [...(byPath.get(key) ?? []), problem]);
    }
    return byPath;
  });

  start(message: Message, form: Form, frame: JsonValue): void {
    batch(() => {
      this.message.value = message;
      this.form.value = form;
      this.write(frame);
    });
  }

  type(text: string): void {
    batch(() => {
      this.text.value = text;
      const parsed = this.parsed.value;
      if (!parsed.error) this.value.value = parsed.value;
    });
  }

  /** Sets the member or element at a path. */
  edit(path: Path, value: JsonValue): void {
    if (!this.parsed.value.error) this.write(set(this.value.value, path, value));
  }

  remove(path: Path): void {
    if (!this.parsed.value.error) this.write(remove(this.value.value, path));
  }

  replace(value: JsonValue): void {
    this.write(value);
  }

  setLayout(layout: Layout): void {
    this.layout.value = layout;
    if (!this.parsed.value.error) this.write(this.parsed.value.value);
  }

  /** As the tutorial's reader pastes it; what is not JSON stays as it is. */
  oneLine(): string {
    const parsed = this.parsed.value;
    return parsed.error ? this.text.value : write(parsed.value, 'line');
  }

  private write(value: JsonValue): void {
    this.type(write(value, this.layout.value));
  }
}
