import { NotInState } from '@okienko/contracts/domain-error';

export const planStates = [
  'DRAFT',
  'AGREED',
  'PENDING_APPROVAL',
  'APPROVED',
  'ACTIVE',
  'ENDED',
  'SUMMARISED',
  'CLOSED',
  'ABANDONED',
] as const;
export type PlanState = (typeof planStates)[number];

/** An update goes the same way as the plan did, beside it, until it takes its place. */
export type DraftState = Extract<PlanState, 'DRAFT' | 'AGREED' | 'PENDING_APPROVAL'>;

const transitions: Readonly<Record<PlanState, readonly PlanState[]>> = {
  DRAFT: ['AGREED', 'ABANDONED'],
  AGREED: ['PENDING_APPROVAL', 'ABANDONED'],
  PENDING_APPROVAL: ['APPROVED', 'DRAFT', 'ABANDONED'],
  APPROVED: ['ACTIVE', 'ENDED'],
  ACTIVE: ['ENDED'],
  ENDED: ['SUMMARISED'],
  SUMMARISED: ['CLOSED'],
  CLOSED: [],
  ABANDONED: [],
};

export function assertMoves(state: PlanState, next: PlanState, act: string): void {
  if (!transitions[state].includes(next)) throw new NotInState('plan', act, state);
}
