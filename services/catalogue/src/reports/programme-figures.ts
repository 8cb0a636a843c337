import type { Localised } from '../localised';
import type { FormerEdition } from '../programmes/programme';
import type { ProgrammeContent } from '../programmes/programme-content';

/** What has been counted of one service of a programme. Persons are counted once each, and never told. */
export interface ServiceCount {
  readonly serviceCode: string;
  readonly qualified: number;
  readonly served: number;
  readonly units: readonly UnitCount[];
  readonly contractors: readonly ContractorCount[];
  /** Settled with its providers; null where nothing was. */
  readonly costGrosze: number | null;
}

export interface UnitCount {
  readonly unit: string;
  readonly delivered: number;
  /** Whom these were delivered to; the same of what was accepted. */
  readonly deliveredTo: number;
  readonly accepted: number;
  readonly acceptedFor: number;
}

export interface ContractorCount {
  readonly providerId: string;
  /** Null where the registration has not been heard of. */
  readonly kind: string | null;
}

/** How far a copy had come when the figures were taken. */
export interface CopyPosition {
  readonly copy: 'applications' | 'allocations' | 'deliveries' | 'settlements';
  /** When the last of it was true; null where nothing has been heard. */
  readonly asOf: string | null;
  /** Grows with every event that the figures rest on. */
  readonly position: number;
}

export interface ProgrammeCounts {
  readonly services: readonly ServiceCount[];
  /** Persons with at least one service. */
  readonly served: number;
  readonly costGrosze: number | null;
  readonly positions: readonly CopyPosition[];
}

export interface ReportedService {
  readonly serviceCode: string;
  readonly name: Localised;
  readonly expectedPersons: number;
}

/** The services of all editions that were in force, each as the last of them words it: cases keep the edition that they began under. */
export function servicesOf(content: ProgrammeContent, former: readonly FormerEdition[]): ReportedService[] {
  const services = new Map<string, ReportedService>();
  for (const edition of [...former.filter(({ state }) => state === 'SUPERSEDED'), { content }])
    for (const { serviceCode, name, expectedPersons } of edition.content.services)
      services.set(serviceCode, { serviceCode, name, expectedPersons });
  return [...services.values()];
}
