import type { Principal, Role } from '@okienko/chassis/access';

const outsiders: readonly Role[] = ['provider', 'partner'];

/** Someone of the centre, who may also see what is not public yet. */
export const isStaff = (caller: Principal | undefined): boolean =>
  caller !== undefined && caller.roles.some((role) => !outsiders.includes(role));
