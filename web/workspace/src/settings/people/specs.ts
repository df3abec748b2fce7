import { address, count, text } from '../model/codec';
import type { Spec } from '../model/specs';

const line = { is: 'typed', codec: text(256), wide: true } as const;

export const names: readonly Spec[] = [
  { key: 'nickname', label: 'Nickname', hint: 'What consumers read.', kind: line },
  { key: 'fullName', label: 'Full name', hint: 'What colleagues read.', kind: line },
  { key: 'email', label: 'Email', kind: line },
  { key: 'pictureUrl', label: 'Picture', hint: 'Address of a picture.', kind: { is: 'typed', codec: address, wide: true } },
];

export const work: readonly Spec[] = [{ key: 'maxSlots', label: 'Slots', hint: 'How many conversations at once.', kind: { is: 'typed', codec: count(0, 10_000) }, fallback: 3 }];

export const more: readonly Spec[] = [
  { key: 'employeeId', label: 'Employee number', kind: line },
  { key: 'mobileNumber', label: 'Mobile', kind: line },
  { key: 'description', label: 'Description', kind: line },
];

export const roles = [
  { value: 'agent', label: 'Agent' },
  { value: 'manager', label: 'Manager' },
  { value: 'admin', label: 'Administrator' },
];

export const types = [
  { value: 'human', label: 'A person' },
  { value: 'bot', label: 'A bot' },
];
