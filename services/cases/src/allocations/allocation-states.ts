import type { Day } from '@okienko/contracts/calendar';

export const allocationStates = [
  'ALLOCATED',
  'REFERRED',
  'ACCEPTED',
  'DECLINED',
  'IN_DELIVERY',
  'SUSPENDED',
  'COMPLETED',
  'RESIGNED',
  'TERMINATED',
] as const;
export type AllocationState = (typeof allocationStates)[number];

const untimely = ['RESIGNED', 'TERMINATED'] as const;

/** Where an allocation may go. DECLINED: whoever was asked said no, or nothing, so that somebody else has to be asked. */
export const allocationTransitions: Readonly<Record<AllocationState, readonly AllocationState[]>> = {
  ALLOCATED: ['REFERRED', ...untimely],
  REFERRED: ['ACCEPTED', 'DECLINED', ...untimely],
  DECLINED: ['REFERRED', ...untimely],
  ACCEPTED: ['IN_DELIVERY', 'COMPLETED', ...untimely],
  IN_DELIVERY: ['SUSPENDED', 'COMPLETED', ...untimely],
  SUSPENDED: ['IN_DELIVERY', 'COMPLETED', ...untimely],
  COMPLETED: [],
  RESIGNED: [],
  TERMINATED: [],
};

/** Why a service pauses. Nothing that tells of somebody's health: the provider and its partners hear the code. */
export const suspensionReasons = ['PERSON_AWAY', 'PERSON_ASKS', 'PROVIDER_UNABLE', 'OTHER'] as const;

export interface Suspension {
  readonly from: Day;
  /** The last day on which it is expected to pause. */
  readonly until?: Day;
  readonly reasonCode: (typeof suspensionReasons)[number];
  readonly resumedOn?: Day;
}

/** Why a person of the centre ends a service before its time. It never ends by itself. */
export const terminationReasons = ['MOVED', 'DEATH', 'BREACH', 'PROVIDER_FAILURE', 'LIMIT_USED'] as const;
/**
 * PLAN_ENDED, PLAN_CHANGED: its plan came to an end, or to another version, while nobody had taken the service on. PROVIDER_CHANGED: the
 * centre and the provider have agreed that another provider goes on.
 */
export type TerminationReason =
  (typeof terminationReasons)[number] | 'PLAN_ENDED' | 'PLAN_CHANGED' | 'PROVIDER_CHANGED';

/** What takes a granted service away against the person's will; the Act does not regulate it, so a decision is asked for. */
export const needsDecision = (reason: TerminationReason): boolean => reason === 'BREACH' || reason === 'LIMIT_USED';

export interface Termination {
  readonly reasonCode: TerminationReason;
  readonly terminatedOn: Day;
  readonly decisionNumber?: string;
}
