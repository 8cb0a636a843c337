import type { Principal } from '@okienko/chassis/access';

export type Json = Record<string, unknown>;
export type Account = Partial<Principal>;

export const desk = { sub: 'desk-anna', roles: ['desk'] } as const;
export const coordinator = { sub: 'kipus-ewa', roles: ['coordinator'] } as const;
export const organiser = { sub: 'ous-olga', roles: ['services-organiser'] } as const;
export const director = { sub: 'director-jan', roles: ['director'] } as const;
export const finance = { sub: 'finance-ala', roles: ['finance'] } as const;
export const operator = { sub: 'operator-1', roles: ['operator'] } as const;
/** Sees whatever the office sees. */
export const reader = { sub: 'reader', roles: ['coordinator', 'services-organiser', 'director', 'finance'] } as const;

export const terc = '2861011';
