import type { Principal, Role } from '@okienko/chassis/access';

/** Whom a notice is for: one account, everybody in a role (of a unit), or a provider. */
export type Addressee =
  { readonly sub: string } | { readonly role: Role; readonly unit?: string } | { readonly providerId: string };

/** The name of the addressee's inbox. */
export function inboxOf(to: Addressee): string {
  if ('sub' in to) return `account/${to.sub}`;
  if ('providerId' in to) return `provider/${to.providerId}`;
  return to.unit === undefined ? `role/${to.role}` : `role/${to.role}/${to.unit}`;
}

/** Every inbox that the caller looks into. Who is in no unit is in the only one of a small centre. */
export function inboxesOf({ sub, roles, unit = 'main', providerId }: Principal): string[] {
  const ofRoles = roles.flatMap((role) => [inboxOf({ role }), inboxOf({ role, unit })]);
  const ofProvider = providerId !== undefined && roles.includes('provider') ? [inboxOf({ providerId })] : [];
  return [inboxOf({ sub }), ...ofRoles, ...ofProvider];
}

/** Who answers for what lies in an inbox: the services organiser, and for the organiser the director. */
export function roleAbove(inbox: string): Role {
  const [kind, role] = inbox.split('/');
  return kind === 'role' && (role === 'services-organiser' || role === 'director') ? 'director' : 'services-organiser';
}
