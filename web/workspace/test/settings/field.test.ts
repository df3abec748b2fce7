import { describe, expect, test, vi } from 'vitest';
import { Field } from '../../src/settings/model/field';
import { Saved, type Patch } from '../../src/settings/model/saved';

interface Settings {
  readonly ring: number;
  readonly brand: string;
}

/** A server that answers when the test says so. */
function server() {
  let now: Settings = { ring: 72, brand: 'Shoes' };
  const calls: { patch: Patch; answer(): void; refuse(error: unknown): void }[] = [];
  const saved = new Saved<Settings>(now, (patch) =>
    new Promise((resolve, reject) => calls.push({ patch, refuse: reject, answer: () => resolve((now = { ...now, ...patch })) })),
  );
  return { saved, calls };
}

function ringField(saved: Saved<Settings>, more: { onSaved?: (field: Field<number>, undo: () => void) => void; onLost?: (field: Field<number>, why: string) => void } = {}) {
  return new Field<number>({
    label: 'Ring time',
    read: () => saved.record.value.ring,
    write: (ring) => saved.save({ ring }),
    check: (ring) => (ring > 0 ? null : 'At least 1 s.'),
    explain: (error) => String(error),
    ...more,
  });
}

const turn = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => queueMicrotask(resolve)))));

test('what is typed is shown at once and is not said to be saved before the server has it', async () => {
  const { saved, calls } = server();
  const onSaved = vi.fn();
  const field = ringField(saved, { onSaved });
  field.type(30);
  expect([field.value.value, field.status.value, saved.record.value.ring]).toEqual([30, 'typed', 72]);
  const done = field.commit();
  await turn();
  expect([field.status.value, calls.map((call) => call.patch)]).toEqual(['saving', [{ ring: 30 }]]);
  expect(onSaved).not.toHaveBeenCalled();
  calls[0]!.answer();
  await done;
  expect([field.value.value, field.status.value, field.unsaved.value, saved.record.value.ring]).toEqual([30, 'saved', false, 30]);
  expect(onSaved).toHaveBeenCalledOnce();
});

test('undo puts back what was there before', async () => {
  const { saved, calls } = server();
  let undo = () => {};
  const field = ringField(saved, { onSaved: (_, back) => (undo = back) });
  const first = field.set(30);
  await turn();
  calls[0]!.answer();
  await first;
  undo();
  await turn();
  expect(calls[1]!.patch).toEqual({ ring: 72 });
  expect(field.value.value).toBe(72);
});

describe('a refusal', () => {
  test('leaves what was typed, with the reason, until it is taken back', async () => {
    const { saved, calls } = server();
    const field = ringField(saved);
    const done = field.set(30);
    await turn();
    calls[0]!.refuse('Too many.');
    await done;
    expect([field.value.value, field.status.value, field.error.value, saved.record.value.ring]).toEqual([30, 'failed', 'Too many.', 72]);
    field.revert();
    expect([field.value.value, field.status.value, field.error.value]).toEqual([72, 'clean', null]);
  });

  test('is told elsewhere when the field is gone from the screen', async () => {
    const { saved, calls } = server();
    const onLost = vi.fn();
    const field = ringField(saved, { onLost });
    const done = field.set(30);
    await turn();
    field.shown = false;
    calls[0]!.refuse('Too many.');
    await done;
    expect(onLost).toHaveBeenCalledWith(field, 'Too many.');
  });

  test('of one change does not keep the next from being tried', async () => {
    const { saved, calls } = server();
    const [first, second] = [saved.save({ ring: 1 }), saved.save({ ring: 2 })];
    await turn();
    calls[0]!.refuse(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    calls[1]!.answer();
    await second;
    expect(saved.record.value.ring).toBe(2);
  });
});

test('what makes no sense is not sent', async () => {
  const { saved, calls } = server();
  const field = ringField(saved);
  await field.set(0);
  expect([field.error.value, calls]).toEqual(['At least 1 s.', []]);
  field.type(5);
  expect(field.error.value).toBeNull();
});

test('what is as it was is not sent', async () => {
  const { saved, calls } = server();
  const field = ringField(saved);
  await field.set(72);
  expect([field.unsaved.value, calls]).toEqual([false, []]);
});

test('leaving a field twice sends it once, and what is typed meanwhile is sent after', async () => {
  const { saved, calls } = server();
  const field = ringField(saved);
  field.type(30);
  const first = field.commit();
  void field.commit();
  field.type(40);
  const second = field.commit();
  await turn();
  expect(calls.map((call) => call.patch)).toEqual([{ ring: 30 }]);
  calls[0]!.answer();
  await first;
  expect([field.value.value, field.unsaved.value]).toEqual([40, true]);
  await turn();
  expect(calls.map((call) => call.patch)).toEqual([{ ring: 30 }, { ring: 40 }]);
  calls[1]!.answer();
  await second;
  expect([field.value.value, field.status.value]).toEqual([40, 'saved']);
});

test('changing back to what was there while another change is on its way is sent too', async () => {
  const { saved, calls } = server();
  const field = ringField(saved);
  void field.set(30);
  const back = field.set(72);
  await turn();
  calls[0]!.answer();
  await turn();
  await turn();
  expect(calls.map((call) => call.patch)).toEqual([{ ring: 30 }, { ring: 72 }]);
  calls[1]!.answer();
  await back;
  expect(saved.record.value.ring).toBe(72);
});
