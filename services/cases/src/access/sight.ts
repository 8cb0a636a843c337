import type { Principal } from '@okienko/chassis/access';

/** What somebody has opened for a dated term (`break-glass`): the matters of one person, under whichever of their records. */
export interface Sight {
  readonly id: string;
  readonly persons: readonly string[];
}

interface Sighted extends Principal {
  readonly sight?: Sight;
}

/** As the access log calls the purpose of a look under it, before its id. */
export const breakGlassPurpose = 'BREAK_GLASS:';

export const withSight = (caller: Principal, sight: Sight): Principal => ({ ...caller, sight }) as Sighted;
export const sightOf = (caller: Principal): Sight | undefined => (caller as Sighted).sight;
