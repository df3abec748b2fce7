import type { Colleague } from '@parley/client/admin';

const order = ['ONLINE', 'OCCUPIED', 'BACK_SOON', 'AWAY', 'OFFLINE'];

/** Who can take it first: online, with free slots, with the skill. */
export const byChance =
  (skillId: string | null) =>
  (a: Colleague, b: Colleague): number => {
    const full = (one: Colleague) => (one.freeSlots > 0 ? 0 : 1);
    const skilled = (one: Colleague) => (skillId === null || one.skillIds.length === 0 || one.skillIds.includes(skillId) ? 0 : 1);
    return order.indexOf(a.availability) - order.indexOf(b.availability) || full(a) - full(b) || skilled(a) - skilled(b) || a.nickname.localeCompare(b.nickname);
  };
