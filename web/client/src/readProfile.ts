import type { Profile } from './model/profile';
import { list, object, text, type Wire } from './wire/read';

export function readProfile(body: Wire): Profile {
  const data = object(body.privateData);
  return {
    id: String(body.userId),
    firstName: text(body.firstName),
    lastName: text(body.lastName),
    nickname: text(body.nickname) ?? text(body.firstName),
    avatarUrl: text(body.avatarUrl),
    email: text(data.mail),
    phone: text(data.mobileNum),
    claims: sdes(body.claims),
    data: sdes(body.authenticatedData),
  };
}

const sdes = (owner: unknown) => list(object(owner).lp_sdes).map(sde => ({ ...object(sde), type: String(object(sde).type) }));
