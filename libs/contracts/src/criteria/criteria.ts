/**
 * Conditions of qualification as data (art. 5(3)(6)): what a programme says in them, the catalogue explains and `cases` decides by.
 * Three levels and no more, so that reading them takes no longer than writing them: every requirement has to be met; one is met by any
 * of its alternatives, and an alternative by all of its conditions together.
 */
export type Criteria = readonly Requirement[];

/** Conditions of one service. An office that needs more wants another programme, and a reader would lose the thread. */
export const mostConditions = 100;

export interface Requirement {
  readonly anyOf: readonly Alternative[];
}

export interface Alternative<C = Condition> {
  readonly allOf: readonly C[];
}

export const disabilityDegrees = ['SIGNIFICANT', 'MODERATE', 'LIGHT', 'CHILD'] as const;
/** Degree of disability by a certificate; CHILD is a certificate of disability before the age of 16, which knows no degree. */
export type DisabilityDegree = (typeof disabilityDegrees)[number];

export const periods = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type Period = (typeof periods)[number];

/** Completed years, both bounds included. */
export interface AgeCondition {
  readonly kind: 'AGE';
  readonly from?: number;
  readonly to?: number;
}

export interface DisabilityCondition {
  readonly kind: 'DISABILITY';
  readonly degrees: readonly DisabilityDegree[];
}

/** What the applicant states under criminal liability (art. 36(1)). */
export interface StatementCondition {
  readonly kind: 'STATEMENT';
  readonly code: string;
}

/** A document that the programme asks for (art. 36(3)). */
export interface EvidenceCondition {
  readonly kind: 'EVIDENCE';
  readonly code: string;
}

export type PersonCondition = AgeCondition | DisabilityCondition | StatementCondition | EvidenceCondition;

/** Lives in one of these gminas (TERC). */
export interface ResidenceCondition {
  readonly kind: 'RESIDENCE';
  readonly gminas: readonly string[];
}

/** How many of the household are such as any alternative of `who` says; `every` asks it of each, and of nobody where there is nobody. */
export interface HouseholdCondition {
  readonly kind: 'HOUSEHOLD';
  readonly of: 'OTHERS' | 'EVERYBODY';
  readonly from?: number;
  readonly to?: number;
  readonly every?: boolean;
  readonly who?: readonly Alternative<PersonCondition>[];
}

/** Not granted within that time: "once per 3 years". Of this service when no other is named. */
export interface CoolingOffCondition {
  readonly kind: 'COOLING_OFF';
  readonly length: number;
  readonly period: Period;
  readonly serviceCode?: string;
}

/** At most so many units in a day, week, month or year of the calendar: "6 rides a month". */
export interface QuotaCondition {
  readonly kind: 'QUOTA';
  readonly unit: string;
  readonly amount: number;
  readonly period: Period;
}

/** Only all of these services together. */
export interface PackageCondition {
  readonly kind: 'PACKAGE';
  readonly serviceCodes: readonly string[];
}

export type Condition =
  PersonCondition | ResidenceCondition | HouseholdCondition | CoolingOffCondition | QuotaCondition | PackageCondition;
