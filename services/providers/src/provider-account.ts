import type { Principal, Role } from '@okienko/chassis/access';
import { validate as isUuid } from 'uuid';

/** Everyone at the centre. A provider account is none of them, whatever other role it was given by mistake. */
export const staff = [
  'desk',
  'coordinator',
  'services-organiser',
  'community-organiser',
  'director',
  'finance',
  'auditor',
  'operator',
] as const satisfies readonly Role[];

export const isProviderAccount = (caller: Principal): boolean =>
  caller.roles.includes('provider') || caller.providerId !== undefined;

const nobody = '00000000-0000-0000-0000-000000000000';

/** The provider whose rows are all that the caller may see; undefined when the caller sees everyone's. */
export function ownOnly(caller: Principal): string | undefined {
  if (!isProviderAccount(caller)) return undefined;
  return caller.providerId !== undefined && isUuid(caller.providerId) ? caller.providerId.toLowerCase() : nobody;
}

/** May the caller act for that provider? Staff for any, a provider account for its own only. */
export function actsFor(caller: Principal, providerId: string): boolean {
  const own = ownOnly(caller);
  return own === undefined || own === providerId;
}
