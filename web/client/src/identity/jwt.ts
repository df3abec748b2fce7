import { number, object, text, type Wire } from '../wire/read';

/** The claims of a token, unverified: what we are told of ourselves. */
function claims(jwt: string): Wire {
  try {
    const bytes = atob((jwt.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'));
    return object(JSON.parse(bytes));
  } catch {
    return {};
  }
}

export const subjectOf = (jwt: string): string | null => text(claims(jwt).sub);

/** Epoch ms; 0 when it does not say. */
export const expiryOf = (jwt: string): number => (number(claims(jwt).exp) ?? 0) * 1_000;
