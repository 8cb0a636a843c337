import type { Day } from '../calendar';
import type { DisabilityDegree } from './criteria';

/** What is known of one person. What is absent is not known, and nobody is refused for it. */
export interface PersonFacts {
  readonly birthDate?: Day;
  /** NONE: there is no certificate. */
  readonly disability?: DisabilityDegree | 'NONE';
  /** Stated to be so, or not to be so. */
  readonly statements?: readonly { readonly code: string; readonly holds: boolean }[];
  /** Codes of the documents shown. */
  readonly evidence?: readonly string[];
}

/** What is known of an applicant and the matter on one day. */
export interface Facts extends PersonFacts {
  readonly on: Day;
  readonly serviceCode: string;
  /** Codes of all services applied for together. */
  readonly appliedFor?: readonly string[];
  /** Units of the service asked for; one when nothing is said. */
  readonly quantity?: number;
  /** TERC of the gmina in which the person lives. */
  readonly residence?: string;
  /** The others who live with the person; empty for one who lives alone. */
  readonly household?: readonly PersonFacts[];
  /** What was granted before, of any service. */
  readonly granted?: readonly { readonly serviceCode: string; readonly on: Day }[];
  /** What was used of this service. */
  readonly used?: readonly { readonly unit: string; readonly quantity: number; readonly on: Day }[];
}
