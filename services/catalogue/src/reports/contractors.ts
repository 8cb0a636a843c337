import { ContractorNotToName, ContractorUnnamed } from './closing-information-errors';
import type { ContractorCount, ServiceCount } from './programme-figures';

/** Names are in no event. The office gives those of bodies, and none of natural persons. */
export interface NamedContractor {
  readonly providerId: string;
  readonly name: string;
}

export interface Contractor {
  readonly providerId: string;
  readonly kind: string;
  /** Absent until the office has given it. */
  readonly name?: string;
}

/** Who performed a service. Natural persons are counted and not listed. */
export interface ContractorList {
  readonly bodies: readonly Contractor[];
  readonly naturalPersons: number;
}

const isNatural = ({ kind }: ContractorCount): boolean => kind === 'NATURAL_PERSON';

export function contractorsOf(
  contractors: readonly ContractorCount[],
  names: readonly NamedContractor[],
): ContractorList {
  const nameOf = new Map(names.map(({ providerId, name }) => [providerId, name]));
  const bodies = contractors.filter((one) => !isNatural(one));
  return {
    bodies: bodies.map(({ providerId, kind }) => {
      const name = nameOf.get(providerId);
      return { providerId, kind: kind ?? 'UNKNOWN', ...(name === undefined ? {} : { name }) };
    }),
    naturalPersons: contractors.length - bodies.length,
  };
}

/** Every body has its name, once; where it is not known what a contractor is, it may stay without. */
export function assertNamesFit(names: readonly NamedContractor[], services: readonly ServiceCount[]): void {
  const contractors = new Map(services.flatMap((one) => one.contractors).map((one) => [one.providerId, one]));
  const named = new Set<string>();
  for (const { providerId } of names) {
    const contractor = contractors.get(providerId);
    if (!contractor || isNatural(contractor) || named.has(providerId)) throw new ContractorNotToName(providerId);
    named.add(providerId);
  }
  const missing = [...contractors.values()].filter(
    (one) => one.kind !== null && !isNatural(one) && !named.has(one.providerId),
  );
  if (missing.length > 0) throw new ContractorUnnamed(missing.map(({ providerId }) => providerId));
}
